namespace Mfa.Client;

/// <summary>What a checked assertion says.</summary>
public sealed record MfaAssertion
{
    /// <summary>A second step that was taken, not one remembered or not required.</summary>
    public const string SecondStep = "urn:mfa:second-step";

    /// <summary>What proved it, one for each proof: whoever keeps these accepts each once.</summary>
    public required string Id { get; init; }

    public required string User { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Of the account. Keep the highest: a lower one is over, since the account was reset or blocked.</summary>
    public required int Epoch { get; init; }

    /// <summary>When the second step was taken.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How (RFC 8176).</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary>How sure: <see cref="SecondStep"/>, <c>urn:mfa:remembered</c> or <c>urn:mfa:not-required</c>.</summary>
    public required string Acr { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The hash of what the user agreed to.</summary>
    public string? Context { get; init; }

    /// <summary>Whether the user took a second step for this very challenge.</summary>
    public bool IsFresh => Acr == SecondStep;
}
