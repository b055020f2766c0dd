using System.Text.Json.Nodes;

namespace Mfa.Tests;

/// <summary>The <c>id_token_hint</c> before it is signed: a test changes what it wants of it.</summary>
internal sealed class EntraHint
{
    public required JsonObject Header { get; init; }

    public required JsonObject Claims { get; init; }

    /// <summary>Signs it.</summary>
    public required Func<JsonObject, JsonObject, string> Sign { get; set; }

    /// <summary>As Entra makes it: on purpose, it ends before it begins.</summary>
    public static EntraHint Of(EntraUser user, EntraKey key, string authority, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds();
        return new()
        {
            Header = new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = key.Kid },
            Claims = new()
            {
                ["ver"] = "2.0",
                ["iss"] = $"{authority}/{user.Tenant}/v2.0",
                ["sub"] = user.Sub,
                ["aud"] = FakeEntra.AppId,
                ["exp"] = at - 1,
                ["iat"] = at,
                ["nbf"] = at,
                ["name"] = "Test User 2",
                ["preferred_username"] = user.Name,
                ["oid"] = user.Oid,
                ["tid"] = user.Tenant,
            },
            Sign = key.Sign,
        };
    }

    public string Encoded() => Sign(Header, Claims);
}
