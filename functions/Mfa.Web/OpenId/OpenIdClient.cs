using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>A program that signs its users in by OpenID Connect.</summary>
public sealed record OpenIdClient
{
    /// <summary>Its client id.</summary>
    public required string Id { get; init; }

    /// <summary>The tenant whose users it signs in.</summary>
    public required string Tenant { get; init; }

    /// <summary>What users are told that they sign in to.</summary>
    public required string Name { get; init; }

    /// <summary>Where its users may be sent back, character for character.</summary>
    public required IReadOnlySet<string> RedirectUris { get; init; }

    /// <summary>Its secrets: two while one is replaced; none where it signs.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The public keys that it signs by (RFC 7523); none where it has a secret.</summary>
    public required IReadOnlyList<SecurityKey> Keys { get; init; }

    /// <summary>Whether it takes the first step itself, and is believed: then it names the user in a request that it pushes.</summary>
    public bool TakesFirstStep { get; init; }

    /// <summary>Whether it names users by their id; else by the name that they sign in with.</summary>
    public bool NamesById { get; init; }

    /// <summary>Whether its users take a second step each time, whatever it asks for.</summary>
    public bool Insists { get; init; }

    /// <summary>Whether what it gets opens this service's own routes.</summary>
    public bool UsesApi { get; init; }

    /// <summary>Whether it may ask without a browser.</summary>
    public bool UsesBackchannel { get; init; }

    /// <summary>Whether it may not learn whether a user exists, or has a method.</summary>
    public bool IsBlind { get; init; }

    /// <summary>Prints no secret.</summary>
    public override string ToString() => Id;
}
