namespace Mfa.Core;

/// <summary>An activated authenticator app: what proves it, and what its user proves to it.</summary>
public sealed record Device
{
    /// <summary>What its user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>What it runs on, as it told.</summary>
    public required string Platform { get; init; }

    /// <summary>Its public key: the two coordinates of a point of P-256, base64url, with a dot between (RFC 7518 section 6.2.1).</summary>
    public required string PublicKey { get; init; }

    /// <summary>What the user was called where they signed in when it was set up.</summary>
    public string? AccountName { get; init; }

    /// <summary>What its user enters to agree; null where the policy asked for none.</summary>
    public Pin? Pin { get; init; }

    /// <summary>Wrong PINs in a row.</summary>
    public int WrongPins { get; init; }

    /// <summary>Whether so many wrong PINs came that it agrees to nothing more. Its codes go on, and it can be set up anew.</summary>
    public bool IsLocked(AccountPolicy policy) => WrongPins >= policy.WrongPins;
}

/// <summary>A device's PIN as it is stored.</summary>
/// <param name="Form">How it is hashed.</param>
/// <param name="Hash">The slow hash.</param>
public sealed record Pin(HashForm Form, string Hash)
{
    /// <summary>The most digits that one has.</summary>
    public const int DigitsAtMost = 16;
}
