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

    // A method that is off has to be set up anew: its lock doesn't stand in the way of that.
    protected override AccountRefusal? MayProve(Account account, AccountPolicy policy, DateTimeOffset now) =>
        base.MayProve(account, policy, now) is { Fault: not AccountFault.MethodLocked } refusal ? refusal : null;

    protected override AccountFault? MayGoOn(Account account, AccountPolicy policy, DateTimeOffset now) =>
        base.MayGoOn(account, policy, now)
        ?? (!IsLatest(account) ? AccountFault.Superseded : account.NeedsSecondStep(SecondStepAt, policy, now) ? AccountFault.SecondStepRequired : null);

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
            SealedSeed = app ? SealedSecret : null,
            SeedOf = app ? Id : null,
            LastStep = Verification.AcceptedStep,
        };
        // What too many wrong codes turned off goes: this one is set up anew in its place.
        var locked = account.WrongCodes.GetValueOrDefault(Kind)?.Refusal(policy, now) is { Fault: AccountFault.MethodLocked };
        var others = account.Methods.RemoveAll(m => m == same || (locked && m.Kind == Kind));
        var enrolled = account.Proved(Kind, NumberKey) with
        {
            Methods = others.Add(method),
            Preferred = account.Preferred is { } preferred && (preferred.MethodId == method.Id || others.Any(m => m.Id == preferred.MethodId)) ? preferred : new Preferred(method.Id, method.How),
        };
        return (this with { End = EnrollmentState.Verified, EndedAt = now, MethodId = method.Id }, enrolled);
    }

    private bool IsLatest(Account account) => account.Latest.GetValueOrDefault(Kind) == Id;
}
