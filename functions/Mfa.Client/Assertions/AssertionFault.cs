namespace Mfa.Client;

/// <summary>Why an assertion does not count.</summary>
public enum AssertionFault
{
    /// <summary>It is no signed token, or lacks a claim.</summary>
    Malformed,

    /// <summary>Its key is not among the published ones.</summary>
    UnknownKey,

    /// <summary>It is signed by another algorithm than its key is for.</summary>
    WrongAlgorithm,

    /// <summary>Its signature is wrong.</summary>
    WrongSignature,

    WrongIssuer,

    /// <summary>It is for another relying party, or for the service itself.</summary>
    WrongAudience,

    WrongTenant,

    /// <summary>Its time is over.</summary>
    Over,

    /// <summary>It is dated in the future.</summary>
    TooEarly,

    WrongUser,

    /// <summary>It is of another sign-in.</summary>
    WrongNonce,

    /// <summary>The account was reset or blocked since.</summary>
    OlderEpoch,

    /// <summary>The user agreed to something else, or no second step was taken for it.</summary>
    WrongContext,
}
