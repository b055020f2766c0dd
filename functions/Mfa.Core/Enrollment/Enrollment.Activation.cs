using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>A device is asked by notification alone: that is what is set up.</summary>
    public override ImmutableArray<How> Hows => HasDevice ? [How.Notification] : base.Hows;

    public override ImmutableDictionary<string, Device> Devices(Account account) =>
        Activation?.Device is { } device ? ImmutableDictionary<string, Device>.Empty.Add(NewMethodId, device) : ImmutableDictionary<string, Device>.Empty;

    protected override (Holder Holder, Account Account) With(string deviceId, Device device, Account account) =>
        (this with { Activation = Activation! with { Device = device } }, account);

    /// <summary>What a code makes of it that a device gives. A code is spent by the first device that has it right.</summary>
    /// <param name="isRight">Whether it is the right one.</param>
    /// <param name="device">The device that gave it.</param>
    /// <param name="sealedSeed">The seed of its codes, sealed.</param>
    /// <param name="account">The account.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>The enrollment, the very same where nothing changed.</returns>
    public (Enrollment Enrollment, ActivationAnswer Answer) Activate(bool isRight, Device device, string sealedSeed, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (Activation is not { } activation || !IsOpenAt(now) || account.BlockedAt is not null
            || (MayGoOn(account, policy, now) is { } fault && fault is not (AccountFault.NotActivated or AccountFault.SecondStepRequired)))
        {
            return (this, ActivationAnswer.Over);
        }

        if (activation.Device is { } known)
        {
            return (this, isRight && known.PublicKey == device.PublicKey ? ActivationAnswer.Activated : ActivationAnswer.Over);
        }

        if (isRight)
        {
            return (this with { Activation = activation with { Device = device, SealedSeed = sealedSeed } }, ActivationAnswer.Activated);
        }

        var counted = this with { Activation = activation with { WrongCodes = activation.WrongCodes + 1 } };
        return (counted.Activation.WrongCodes < policy.ActivationCodes ? counted
            : counted with { End = EnrollmentState.Failed, Fault = AccountFault.ActivationFailed, EndedAt = now }, ActivationAnswer.WrongCode);
    }
}
