namespace Mfa.Core.Tests;

internal sealed partial class AccountPlay
{
    /// <summary>The hash of the PIN of those devices that have one.</summary>
    public const string PinHash = "pin";

    // A device brings a code, right or wrong, to an enrollment that waits for one; now and then to one that does not.
    private void Activate()
    {
        var fit = Enumerable.Range(0, _holders.Count).Where(i => _holders[i] is Enrollment { Activation: { } a } && (a.Device is null || _move.Detail % 5 == 0)).ToArray();
        if (fit.Length == 0)
        {
            return;
        }

        var i = fit[_move.Which % fit.Length];
        var before = (Enrollment)_holders[i];
        var device = new Device
        {
            Name = "phone",
            Platform = "test",
            PublicKey = $"key-{_move.Which % 3}",
            Pin = _move.Detail % 2 == 0 ? new(new("salt", 1), PinHash) : null,
        };
        var (after, _) = before.Activate(_move.Detail % 3 > 0, device, "sealed", _account, policy, _now);
        _holders[i] = after;
        each(new(_move, _account, _account, before, after, _now));
    }

    // What a device answers: right, or with something wrong in it, or no.
    private void Decide(int i, Verification v)
    {
        var right = _move.What == AccountHappening.Right;
        var decision = _move.What == AccountHappening.Fraud ? _move.Detail % 2 == 0 ? Decision.Fraud : Decision.Deny : Decision.Authenticate;
        var device = v.Devices.IsEmpty ? "none" : v.Devices[_move.Which % v.Devices.Length];
        var hasPin = NotificationProofs.Device(_holders[i], _account, device)?.Pin is not null;
        var wrong = right ? -1 : (_move.Detail % 7) switch { 0 => 0, 1 => 1, 2 => 3, _ => hasPin ? 2 : 3 };
        Step(i, new NotificationAnswered(
            v.Id,
            wrong == 0 ? "stranger" : device,
            decision,
            wrong == 1 ? 5 : v.MatchNumber,
            wrong == 2 ? "wrong" : PinHash,
            wrong == 3 ? "something else" : v.Shown!));
    }
}
