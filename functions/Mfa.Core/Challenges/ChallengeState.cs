namespace Mfa.Core;

/// <summary>Where a challenge stands, as callers see it. All but the first are final.</summary>
public enum ChallengeState
{
    /// <summary>It waits for a proof.</summary>
    Open,

    /// <summary>The user proved it.</summary>
    Verified,

    /// <summary>Nothing was asked of the user; <see cref="Challenge.By"/> tells why.</summary>
    Satisfied,

    /// <summary>The user, or a wrong matching number, said no.</summary>
    Denied,

    /// <summary>It can't be proved any more.</summary>
    Failed,

    /// <summary>Its life is over.</summary>
    Expired,

    /// <summary>Whoever asked for it called it off.</summary>
    Cancelled,
}
