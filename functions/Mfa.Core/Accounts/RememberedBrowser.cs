namespace Mfa.Core;

/// <summary>A browser in which a user asked not to be asked again. Its token is used once; each use gives the next.</summary>
public sealed record RememberedBrowser
{
    public required string Id { get; init; }

    /// <summary>The relying party that may show it, by its client id.</summary>
    public required string Client { get; init; }

    /// <summary>What the relying party calls itself, for the user's list.</summary>
    public string? Application { get; init; }

    /// <summary>The account's epoch in which it was remembered: in another it counts for nothing.</summary>
    public required int Epoch { get; init; }

    /// <summary>The hash of the token that is to be shown next.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the token before it.</summary>
    public string? HashBefore { get; init; }

    /// <summary>When the token was last used.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
