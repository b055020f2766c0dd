namespace Mfa.Core;

/// <summary>The kinds of contact method.</summary>
public enum MethodKind
{
    MobileApp,
    AuthenticationPhone,
    OfficePhone,
}

/// <summary>A contact method that the user has proved.</summary>
public sealed record ContactMethod
{
    public required string Id { get; init; }

    public required MethodKind Kind { get; init; }

    /// <summary>The way it was proved, and is used by default.</summary>
    public required How How { get; init; }

    /// <summary>The number, of a phone.</summary>
    public PhoneNumber? Phone { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The authenticator's seed as the shell sealed it.</summary>
    public string? SealedSeed { get; init; }

    /// <summary>The enrollment that it was sealed for.</summary>
    public string? SeedOf { get; init; }

    /// <summary>The authenticator that gets notifications; null where it only makes codes.</summary>
    public Device? Device { get; init; }

    /// <summary>The last time step whose code was accepted: none as old is accepted again (RFC 6238 section 5.2).</summary>
    public long? LastStep { get; init; }
}
