namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>What a step of its verification makes of the enrollment, and of the account.</summary>
    /// <param name="stepped">The step.</param>
    /// <param name="account">The account as this enrollment last saw it.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to save; the very same account when it does not change.</returns>
    public (Enrollment Enrollment, Account Account) Advance(Stepped stepped, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var before = Verification!.State;
        var next = ReferenceEquals(stepped.Next, Verification) ? this : this with { Verification = stepped.Next };
        if (stepped.Answer == Answer.WrongCode)
        {
            next = next with { Usage = Usage with { Failures = Usage.Failures + 1, FailedAt = now } };
        }

        var state = stepped.Next.State;
        return state == before || End is not null ? (next, account)
            : state == VerificationState.Verified ? next.Finish(account, policy, now)
            : state == VerificationState.FraudReported
                ? (next, account with { PausedUntil = account.PausedUntil.SetItem(Kind, now + policy.FraudPause) })
            : (next, account);
    }

    /// <summary>The enrollment, called off.</summary>
    public Enrollment Cancel(DateTimeOffset now) =>
        End is null ? this with { End = EnrollmentState.Cancelled, EndedAt = now } : this;

    // The right proof makes the method, unless the account moved on meanwhile.
    private (Enrollment Enrollment, Account Account) Finish(Account account, AccountPolicy policy, DateTimeOffset now)
    {
        EnrollmentFault? fault =
            account.Epoch != Epoch ? EnrollmentFault.AccountReset
            : account.Latest.GetValueOrDefault(Kind) != Id ? EnrollmentFault.Superseded
            : NeedsSecondStep(account, SecondStepAt, policy, Verification!.StartedAt) ? EnrollmentFault.SecondStepRequired
            : null;
        if (fault is not null)
        {
            return (this with { End = EnrollmentState.Failed, Fault = fault, EndedAt = now }, account);
        }

        var verification = Verification!;
        var same = account.Methods.FirstOrDefault(m => m.Kind == Kind && m.Phone is not null && m.Phone == Phone);
        var method = new ContactMethod
        {
            Id = same?.Id ?? NewMethodId,
            Kind = Kind,
            How = verification.How,
            Phone = Phone,
            VerifiedAt = now,
            SealedSeed = Kind == MethodKind.MobileApp ? SealedSecret : null,
            SeedOf = Kind == MethodKind.MobileApp ? Id : null,
            LastStep = verification.AcceptedStep,
        };
        var usage = Usage with
        {
            Failures = 0,
            FailedAt = null,
            Sends = Math.Max(0, Usage.Sends - Counted),
            Numbers = NumberKey is null ? Usage.Numbers : Usage.Numbers.Remove(NumberKey),
        };
        var enrolled = account with
        {
            Methods = (same is null ? account.Methods : account.Methods.Remove(same)).Add(method),
            Preferred = account.Preferred ?? new Preferred(method.Id, method.How),
            Usage = account.Usage.SetItem(Kind, usage),
        };
        return (this with { End = EnrollmentState.Verified, EndedAt = now, MethodId = method.Id, Usage = usage }, enrolled);
    }
}
