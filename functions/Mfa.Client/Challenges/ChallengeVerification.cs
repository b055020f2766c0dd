namespace Mfa.Client;

/// <summary>One attempt to prove a method.</summary>
public sealed record ChallengeVerification
{
    public string Id { get; init; } = "";

    /// <summary><c>delivering</c>, <c>waiting</c>, <c>verified</c>, <c>denied</c>, <c>failed</c>, <c>expired</c>, <c>cancelled</c> or <c>fraudReported</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>How it proves.</summary>
    public string How { get; init; } = "";

    public int Attempt { get; init; }

    public int Attempts { get; init; }

    /// <summary>The digits that the page shows, where a call asks for them.</summary>
    public string? Number { get; init; }

    /// <summary>The masked number that was texted or called.</summary>
    public string? SentTo { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it ended, or its last attempt did not succeed.</summary>
    public string? Reason { get; init; }

    /// <summary>Another way that would work.</summary>
    public string? Offer { get; init; }
}
