namespace Mfa.Client;

/// <summary>Where a challenge stands. All but the first are final.</summary>
public enum ChallengeState
{
    /// <summary>The user is asked.</summary>
    Open,

    /// <summary>The user took the second step.</summary>
    Verified,

    /// <summary>None was needed: <see cref="Challenge.By"/> says why.</summary>
    Satisfied,

    /// <summary>The user refused, or reported fraud.</summary>
    Denied,

    /// <summary>It didn't work: too many wrong codes, say.</summary>
    Failed,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was called off.</summary>
    Cancelled,
}
