namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>
    /// Whether it sets up anew a kind that too many wrong codes locked (NIST SP 800-63B-4 section 3.2.2): its proof puts its method in the
    /// place of all others of the kind, which are off.
    /// </summary>
    public bool SetsUpAnew(Account account, AccountPolicy policy) => SecondStepAt is not null && account.IsLocked(Kind, policy);

    /// <summary>Why "Contact me" is refused where it sets up anew; null when it may go on. Of wrong codes the waits stay, and not the lock.</summary>
    /// <param name="account">The account.</param>
    /// <param name="how">The way that is asked for.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public AccountRefusal? MayContactAnew(Account account, How how, AccountPolicy policy, DateTimeOffset now) =>
        MayGoOn(account, policy, now) is { } fault ? new(fault)
        : account.WrongCodes[Kind].FreeAt(policy) is { } freeAt && freeAt > now ? new(AccountFault.TooManyFailures, freeAt)
        : (account with { WrongCodes = account.WrongCodes.Remove(Kind) }).MayContact(Kind, how, Phone, policy, now);
}
