namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>The account no longer names it as the latest of its kind.</summary>
    public override Account Forgotten(Account account) =>
        IsLatest(account) ? account with { Latest = account.Latest.Remove(Kind) } : account;

    /// <summary>Wrong codes that only the row knows stay counted.</summary>
    public override Account Completed(Account account) =>
        CountedBefore is { } before && End != EnrollmentState.Verified && IsLatest(account) && before.InARow > (account.WrongCodes.GetValueOrDefault(Kind)?.InARow ?? 0)
            ? account with { WrongCodes = account.WrongCodes.SetItem(Kind, before) }
            : account;

    protected override Enrollment Cancel(DateTimeOffset now) =>
        End is null ? this with { End = EnrollmentState.Cancelled, EndedAt = now } : this;

    // A method that is off has to be set up anew: its lock doesn't stand in the way of that, only its waits do.
    protected override AccountRefusal? MayProve(Account account, AccountPolicy policy, DateTimeOffset now) =>
        base.MayProve(account, policy, now) is not { } refusal ? null
        : refusal.Fault != AccountFault.MethodLocked || !SetsUpAnew(account, policy) ? refusal
        : account.WrongCodes[Kind].FreeAt(policy) is { } freeAt && freeAt > now ? new(AccountFault.TooManyFailures, freeAt)
        : null;

    protected override AccountFault? MayGoOn(Account account, AccountPolicy policy, DateTimeOffset now) =>
        base.MayGoOn(account, policy, now)
        ?? (Activation is { Device: null } ? AccountFault.NotActivated : !IsLatest(account) ? AccountFault.Superseded : account.NeedsSecondStep(SecondStepAt, policy, now) ? AccountFault.SecondStepRequired : null);

    protected override Enrollment Renewed(AccountPolicy policy, DateTimeOffset now) =>
        ExpiresAt < now + policy.EnrollmentLifetime ? this with { ExpiresAt = now + policy.EnrollmentLifetime } : this;

    // The right proof makes the method, unless the account moved on meanwhile. The second step has to be young when it is contacted, not when the user is done.
    protected override (Holder Holder, Account Account) Verified(Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (MayGoOn(account, policy, Verification!.StartedAt) is { } fault)
        {
            return (this with { End = EnrollmentState.Failed, Fault = fault, EndedAt = now }, account);
        }

        var same = account.Methods.FirstOrDefault(m => m.Kind == Kind && m.Phone is not null && m.Phone == Phone);
        var app = Kind == MethodKind.MobileApp;
        var method = new ContactMethod
        {
            Id = same?.Id ?? NewMethodId,
            Kind = Kind,
            How = Verification.How,
            Phone = Phone,
            VerifiedAt = now,
            SealedSeed = !app ? null : Activation is null ? SealedSecret : Activation.SealedSeed,
            SeedOf = app ? Id : null,
            Device = Activation?.Device,
            LastStep = Verification.AcceptedStep,
        };
        var others = account.Methods.Where(m => m != same && !(SetsUpAnew(account, policy) && m.Kind == Kind));
        var enrolled = account.Proved(Kind, NumberKey).With([.. others, method]);
        return (this with { End = EnrollmentState.Verified, EndedAt = now, MethodId = method.Id }, enrolled);
    }

    private bool IsLatest(Account account) => account.Latest.GetValueOrDefault(Kind) == Id;
}
