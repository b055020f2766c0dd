namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>When nobody needs it any more, if nothing happens to it until then.</summary>
    /// <param name="keepFor">How long it is kept after its end.</param>
    public DateTimeOffset ForgetAt(TimeSpan keepFor)
    {
        var last = EndedAt ?? ExpiresAt;
        return (Verification?.Deadline > last ? Verification.Deadline : last) + keepFor;
    }

    /// <summary>The account without it: its counts go back to the account, so that wrong codes stay counted.</summary>
    public Account Forgotten(Account account) => account.Latest.GetValueOrDefault(Kind) == Id
        ? account with { Latest = account.Latest.Remove(Kind), Usage = account.Usage.SetItem(Kind, Usage) }
        : account;
}
