using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Holder
{
    /// <summary>Whether the method that it asks by is a device.</summary>
    public bool HasDevice { get; init; }

    /// <summary>The ways that it can ask in, the usual one first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public virtual ImmutableArray<How> Hows => Ways.Of(Kind, Phone, HasDevice);

    /// <summary>The devices that a notification of it goes to, by their id.</summary>
    public virtual ImmutableDictionary<string, Device> Devices(Account account) => account.Devices.ToImmutableDictionary();

    /// <summary>It and the account, with one of its devices changed.</summary>
    protected virtual (Holder Holder, Account Account) With(string deviceId, Device device, Account account) => (this, account.With(deviceId, device));

    /// <summary>What a device answers to a notification. Who says no needs no PIN.</summary>
    private Taken Answered(NotificationAnswered answered, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (Verification is not { } v || v.Id != answered.VerificationId)
        {
            return new(this, account, [], Answer.Over);
        }

        // As with any proof, what it stands on has to be young when it is asked for.
        if (!v.IsFinal && MayGoOn(account, policy, v.StartedAt) is { } fault)
        {
            return new(this, account, [], Answer.Ignored, new(fault));
        }

        if (!Devices(account).TryGetValue(answered.DeviceId, out var device))
        {
            return new(this, account, [], Answer.Ignored, new(AccountFault.MethodGone));
        }

        var (holder, changed) = (this, account);
        if (answered.Decision == Decision.Authenticate && !v.IsFinal && !v.IsTimeUpAt(now) && v.Shown == answered.Seen)
        {
            if (MayProve(account, policy, now) is { } refusal)
            {
                return new(this, account, [], Answer.Ignored, refusal);
            }

            if (device.Pin is { } pin)
            {
                if (device.IsLocked(policy))
                {
                    return new(this, account, [], Answer.Ignored, new(AccountFault.DeviceLocked));
                }

                var right = pin.Hash == answered.PinHash;
                (holder, changed) = With(answered.DeviceId, device with { WrongPins = right ? 0 : device.WrongPins + 1 }, account);
                if (!right)
                {
                    return new(holder, changed, [], Answer.WrongPin);
                }
            }
        }

        // Where nobody answered, because its time was up or it was something else that was shown, a right PIN counts for nothing either.
        var stepped = Verification.Step(v, answered, now);
        var isHeard = stepped.Next.AnsweredBy != v.AnsweredBy;
        var heard = stepped.Next.State == VerificationState.Verified ? changed.Heard(v.Id) : changed.Refused(v.Id);
        var (next, after) = (isHeard ? holder : this).Advance(stepped, isHeard ? heard : account, policy, now);
        return new(next, after, stepped.Effects, stepped.Answer);
    }
}
