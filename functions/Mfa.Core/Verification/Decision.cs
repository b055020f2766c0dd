namespace Mfa.Core;

/// <summary>What a user says to a notification.</summary>
public enum Decision
{
    /// <summary>It is them.</summary>
    Authenticate,

    /// <summary>They say no.</summary>
    Deny,

    /// <summary>It isn't them: somebody else has their password.</summary>
    Fraud,
}
