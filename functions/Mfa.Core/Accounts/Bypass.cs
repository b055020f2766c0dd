namespace Mfa.Core;

/// <summary>A code that an admin gave out, for a user who has no method at hand.</summary>
public sealed record Bypass
{
    /// <summary>Characters of one, of base32: 40 bits.</summary>
    public const int Length = 8;

    public required HashForm Form { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it still works.</summary>
    public required int UsesLeft { get; init; }

    /// <summary>Wrong ones in a row.</summary>
    public WrongCodes? Wrong { get; init; }
}
