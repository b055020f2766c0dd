namespace Mfa.Core.Tests;

internal sealed partial class AccountPlay
{
    private ShownStep? SecondStep => SecondStepAt is { } at ? new($"step-{_move.Which % 40}", at, at.AddMinutes(10)) : null;

    // What an admin and the user make of the account.
    private void Change()
    {
        switch (_move.What)
        {
            case AccountHappening.Reset:
                Take(_account.Reset());
                break;
            case AccountHappening.Block:
                Take(_account.Block(_now));
                break;
            case AccountHappening.Unblock:
                Take(_account.Unblock());
                break;
            case AccountHappening.Remove when _account.Methods.Length > 0:
                Take(_account.Remove(_account.Methods[_move.Which % _account.Methods.Length].Id, SecondStep, policy, _now));
                break;
            case AccountHappening.Codes:
                var set = ++_ids;
                Take(_account.Keep(new() { Form = new("salt", 1), Hashes = [$"r{set}-1", $"r{set}-2", $"r{set}-3"], CreatedAt = _now }, SecondStep, policy, _now));
                break;
            case AccountHappening.Bypass:
                Take(_account.LetBy(new()
                {
                    Form = new("salt", 1),
                    Hash = $"b{++_ids}",
                    CreatedAt = _now,
                    ExpiresAt = _now.AddMinutes(10),
                    UsesLeft = 1 + (_move.Which % 2),
                }));
                break;
            case AccountHappening.Require:
                Take(_account.Described(AccountDetails.Of(_account) with { Required = _move.Detail % 3 > 0, GraceUntil = _move.Detail % 2 == 0 ? _now.AddHours(1) : null }));
                break;
            case AccountHappening.Password:
                Password();
                break;
            case AccountHappening.Vouch:
                var office = _move.Kind == MethodKind.OfficePhone && _account.OfficePhone is not null;
                Take(_account.VouchedFor(new()
                {
                    Id = $"m{++_ids}",
                    Kind = office ? MethodKind.OfficePhone : MethodKind.AuthenticationPhone,
                    How = office ? How.Call : How.Text,
                    Phone = office ? _account.OfficePhone : Enrolling.Phone(_move.Which % 4),
                    VerifiedAt = _now,
                }));
                break;
        }
    }

    private void Password()
    {
        var some = _account.AppPasswords.Length > 0 ? _account.AppPasswords[_move.Which % _account.AppPasswords.Length] : null;
        Take((_move.Detail % 6) switch
        {
            0 or 1 => _account.Make(new() { Id = $"p{++_ids}", Hash = "hash", KeyId = "key", CreatedAt = _now }, SecondStep, policy, _now),
            2 => _account.Revoke(_move.Which % 3 == 0 ? null : some?.Id ?? "none", SecondStep, policy, _now),
            3 => _account.Showing($"rp{_move.Which % 2}", some, "", policy, _now),
            _ => _account.Showing($"rp{_move.Which % 2}", null, $"wrong{_move.Which % 8}", policy, _now),
        });
    }

    private void Take((Account Account, AccountRefusal? Refusal) changed)
    {
        if (changed.Refusal is { } refusal)
        {
            refused($"{refusal.Fault}");
        }

        Take(changed.Account);
    }
}
