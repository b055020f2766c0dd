namespace Mfa.Client;

/// <summary>An answer of the service, and when to come back where it says so.</summary>
internal sealed record Answer(int Status, string Body, TimeSpan? RetryAfter)
{
    /// <summary>What it refuses; null where it doesn't.</summary>
    public MfaProblem? Problem => Status < 400 ? null : Wire.Read<MfaProblem>(Body) with { Status = Status, RetryAfter = RetryAfter };

    public ChallengeAnswer Challenge => Problem is { } problem ? new() { Problem = problem } : new() { Challenge = Wire.Read<Challenge>(Body) };
}
