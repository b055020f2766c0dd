using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>The codes that a user keeps for the day on which no method is at hand: each works once.</summary>
public sealed record RecoveryCodes
{
    /// <summary>How many a new set has.</summary>
    public const int Count = 10;

    /// <summary>Characters of one, of base32: 65 bits (NIST SP 800-63B-4 section 4.2.1.1 asks for 64).</summary>
    public const int Length = 13;

    /// <summary>How the set is hashed.</summary>
    public required HashForm Form { get; init; }

    /// <summary>The hashes of those that are not used yet.</summary>
    public required ImmutableArray<string> Hashes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Wrong ones in a row.</summary>
    public WrongCodes? Wrong { get; init; }
}
