namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>Why "Contact me" is refused; null when it may go on.</summary>
    /// <param name="account">The account as this enrollment last saw it.</param>
    /// <param name="how">The way that is asked for.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public EnrollmentRefusal? MayContact(Account account, How how, AccountPolicy policy, DateTimeOffset now)
    {
        if (NeedsSecondStep(account, SecondStepAt, policy, now))
        {
            return new(EnrollmentFault.SecondStepRequired);
        }

        if (PausedUntil(account, Kind, now) is { } pausedUntil)
        {
            return new(EnrollmentFault.MethodPaused, pausedUntil);
        }

        if (Usage.Failures >= policy.FailuresBeforeLock)
        {
            return new(EnrollmentFault.MethodLocked);
        }

        if (Usage.FailedAt + Wait(policy) is { } freeAt && freeAt > now)
        {
            return new(EnrollmentFault.TooManyFailures, freeAt);
        }

        var counts = how != How.Code && !IsProved(account, Phone);
        return counts && Usage.On(now).Sends >= policy.UnprovedSendsADay ? new(EnrollmentFault.SendsLimit, Tomorrow(now)) : null;
    }

    /// <summary>Whether this number is proved already by the account.</summary>
    public bool IsProvedBy(Account account) => IsProved(account, Phone);

    /// <summary>The id that the next verification gets: a repeat after a crash makes the same one.</summary>
    public string NextVerificationId => $"{Id}-{Contacts + 1}";

    /// <summary>The enrollment with a new verification, which takes over what the last one has still to do.</summary>
    /// <param name="started">The first step of the verification.</param>
    /// <param name="account">The account as this enrollment last saw it.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="contactKey">The hashed Idempotency-Key of the request.</param>
    public Enrollment Contacted(Stepped started, Account account, AccountPolicy policy, DateTimeOffset now, string? contactKey) =>
        (this with { Counted = 0 }).Sent(account, now) with
        {
            Contacts = Contacts + 1,
            Verification = started.Next,
            ContactKeys = Remember(contactKey),
            ExpiresAt = Later(ExpiresAt, now + policy.EnrollmentLifetime),
        };

    /// <summary>The enrollment after another text of its verification was asked for.</summary>
    public Enrollment Resent(Stepped resent, Account account, DateTimeOffset now, string? contactKey) =>
        Sent(account, now) with { Verification = resent.Next, ContactKeys = Remember(contactKey) };

    private Enrollment Sent(Account account, DateTimeOffset now)
    {
        var usage = Usage.On(now);
        var counted = usage.Day == Usage.Day ? Counted : 0;
        return Kind == MethodKind.MobileApp || IsProved(account, Phone)
            ? this with { Usage = usage, Counted = counted }
            : this with { Usage = usage with { Sends = usage.Sends + 1 }, Counted = counted + 1 };
    }

    private System.Collections.Immutable.ImmutableArray<string> Remember(string? key)
    {
        var kept = ContactKeys.Length < ContactKeysKept ? ContactKeys : ContactKeys.RemoveAt(0);
        return key is null ? ContactKeys : kept.Add(key);
    }

    // 30 s, 1 min, 2 min … 1 h after each failure from the tenth on.
    private TimeSpan Wait(AccountPolicy policy)
    {
        var over = Usage.Failures - policy.FailuresBeforeWait;
        return over < 0 ? TimeSpan.Zero : over > 20 ? policy.LongestWait
            : Shorter(policy.FirstWait * (1L << over), policy.LongestWait);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
