namespace Mfa.Core;

/// <summary>What a sign-in of an account needs.</summary>
public enum Gate
{
    /// <summary>The second step.</summary>
    Ask,

    /// <summary>Nothing: it is not required, and there is no method.</summary>
    NotRequired,

    /// <summary>Nothing yet: the user has time to set something up.</summary>
    Grace,

    /// <summary>Something has to be set up first.</summary>
    EnrollmentRequired,

    /// <summary>An admin blocked the account.</summary>
    Blocked,
}
