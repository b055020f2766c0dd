namespace Mfa.Core;

/// <summary>What a challenge was verified or satisfied by.</summary>
public enum ProofKind
{
    /// <summary>A method of the account.</summary>
    Method,

    /// <summary>A recovery code.</summary>
    RecoveryCode,

    /// <summary>A code that an admin gave out.</summary>
    Bypass,

    /// <summary>A browser that was remembered.</summary>
    RememberedBrowser,

    /// <summary>The account needs no second step: it is not required, and has no method.</summary>
    NotRequired,

    /// <summary>The account has nothing set up, and time to do so until a day.</summary>
    Grace,
}
