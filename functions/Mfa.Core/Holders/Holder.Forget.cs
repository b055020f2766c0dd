namespace Mfa.Core;

public partial record Holder
{
    /// <summary>When nobody needs it any more, if nothing happens to it until then.</summary>
    /// <param name="keepFor">How long it is kept after its end.</param>
    public DateTimeOffset ForgetAt(TimeSpan keepFor)
    {
        var last = EndedAt ?? ExpiresAt;
        return (Verification?.Deadline > last ? Verification.Deadline : last) + keepFor;
    }

    /// <summary>The account without it; the very same where it says nothing of it.</summary>
    public virtual Account Forgotten(Account account) => account;

    /// <summary>The account with what it alone knew, because a version before this one wrote it.</summary>
    public virtual Account Completed(Account account) => account;
}
