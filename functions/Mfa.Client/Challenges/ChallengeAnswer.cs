namespace Mfa.Client;

/// <summary>A challenge, or why there is none.</summary>
public sealed record ChallengeAnswer
{
    /// <summary>The challenge as it stands now.</summary>
    public Challenge? Challenge { get; init; }

    /// <summary>The refusal.</summary>
    public MfaProblem? Problem { get; init; }

    /// <summary>The service is away, and the options say that the password alone lets in (<see cref="WhenAway.FailOpen"/>).</summary>
    public bool LetInUnverified { get; init; }
}
