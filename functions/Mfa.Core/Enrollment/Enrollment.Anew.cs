namespace Mfa.Core;

public partial record Enrollment
{
    /// <summary>
    /// Whether it sets up anew a kind that too many wrong codes locked (NIST SP 800-63B-4 section 3.2.2): its proof puts its method in the
    /// place of all others of the kind, which are off.
    /// </summary>
    public bool SetsUpAnew(Account account, AccountPolicy policy) => SecondStepAt is not null && account.IsLocked(Kind, policy);
}
