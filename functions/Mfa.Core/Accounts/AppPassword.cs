namespace Mfa.Core;

/// <summary>A password for programs that can't do two steps. What it is, nobody keeps.</summary>
public sealed record AppPassword
{
    public required string Id { get; init; }

    /// <summary>What the user calls it: the program it is for.</summary>
    public string? Name { get; init; }

    /// <summary>HMAC-SHA256 of it, base64: with so many letters a slow hash would add nothing.</summary>
    public required string Hash { get; init; }

    /// <summary>The key of the ring that it is hashed with.</summary>
    public required string KeyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last day (UTC) on which it signed in; null where it never has.</summary>
    public DateOnly? LastUsed { get; init; }

    /// <summary>Prints no hash.</summary>
    public override string ToString() => $"{nameof(AppPassword)} {Id}";
}
