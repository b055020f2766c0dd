using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>What a challenge keeps of a sign-in that asked by a standard's names, for its answer.</summary>
/// <param name="Protocol">The standard.</param>
public sealed record FederatedRequest(FederatedProtocol Protocol)
{
    /// <summary>Where the answer goes, character for character; null where the program asks for it.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>The user as the other side calls them; null where it is the account's own id.</summary>
    public string? Subject { get; init; }

    /// <summary>What has to prove that a code is redeemed by whoever asked for it (RFC 7636, S256).</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>What the other side takes as <c>acr</c>, the one liked best first; empty for anything.</summary>
    public ImmutableArray<string> Acr { get; init; } = [];

    /// <summary>The ways that the other side takes; empty for any.</summary>
    public ImmutableArray<How> Ways { get; init; } = [];

    /// <summary>What was asked for (RFC 6749 section 3.3).</summary>
    public string? Scope { get; init; }

    /// <summary>Whether its user, whose first step is proved, had no method when it began: then one that is set up in it is its proof.</summary>
    public bool SetsUp { get; init; }

    /// <summary>What that user is called, as whoever took the first step says; to be shown, and nobody's id.</summary>
    public string? ShownName { get; init; }

    /// <summary>Whether the other side takes a way.</summary>
    public bool Takes(How how) => Ways.IsEmpty || Ways.Contains(how);

    /// <summary>Whether a program that asks for its answer has had it.</summary>
    public bool IsCollected { get; init; }
}
