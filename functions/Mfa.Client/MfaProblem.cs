namespace Mfa.Client;

/// <summary>A refusal (RFC 9457).</summary>
public sealed record MfaProblem
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The stable code, such as <c>wrong-code</c> or <c>enrollment-required</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>A sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>When to come back, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With <c>wrong-code</c>: how many more codes may be tried.</summary>
    public int? TriesLeft { get; init; }

    /// <summary>With <c>enrollment-required</c>: where the user sets a method up.</summary>
    public Uri? EnrollUrl { get; init; }

    /// <summary>What is wrong with each field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();
}
