using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// The keys that sign assertions: the newest signs, all are published. A key is published before it signs, and after; docs/keys.md
/// has the steps. Relying parties that can't check ES256 get RS256.
/// </summary>
public sealed class AssertionKeys
{
    // Whoever checks assertions asks again that often, and at once for a key that it doesn't know.
    private const string Cached = "public, max-age=300";

    private readonly AssertionKey? _newest;
    private readonly AssertionKey? _newestRs256;
    private readonly IReadOnlySet<string> _rs256Clients;
    private readonly string _published;
    private readonly IReadOnlyList<SecurityKey> _keys;

    private AssertionKeys(IReadOnlyList<AssertionKey> all, AssertionKey? newest, AssertionKey? newestRs256, IReadOnlySet<string> rs256Clients)
    {
        (_newest, _newestRs256, _rs256Clients) = (newest, newestRs256, rs256Clients);
        (_keys, Algorithms) = ([.. all.Select(k => k.Key)], [.. all.Select(k => k.Algorithm).Distinct()]);
        _published = new JsonObject { ["keys"] = new JsonArray([.. all.Select(k => k.Public)]) }.ToJsonString();
    }

    /// <summary>The algorithms that they sign by, each once.</summary>
    public IReadOnlyList<string> Algorithms { get; }

    /// <summary>What a token of this service's own is checked by: signed by one of these keys, by its issuer, for an audience. Its time is the caller's to say.</summary>
    /// <param name="issuer">This service's issuer.</param>
    /// <param name="audience">Whom it has to be for.</param>
    public TokenValidationParameters Check(string issuer, string audience) => new() { ValidIssuer = issuer, ValidAudience = audience, IssuerSigningKeys = _keys, ValidAlgorithms = Algorithms };

    public static AssertionKeys Read(SettingsReader reader)
    {
        var keys = reader.Children("Assertion:Keys").Select(k => AssertionKey.Read(reader, k.Id, k.Name)).OfType<AssertionKey>().ToList();
        var newest = Named(reader, keys, "Assertion:Newest", reader.Required("Assertion:Newest", "the id of the key that signs assertions"));
        var newestRs256 = Named(reader, keys, "Assertion:NewestRs256", reader.Optional("Assertion:NewestRs256") ?? "");
        if (newestRs256 is not (null or { Algorithm: SecurityAlgorithms.RsaSha256 }))
        {
            reader.Fault("Assertion:NewestRs256", "names a key that is not RSA");
        }

        var clients = (reader.Optional("Assertion:Rs256Clients") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (clients.Count > 0 && reader.Optional("Assertion:NewestRs256") is null)
        {
            reader.Fault("Assertion:Rs256Clients", "is set, and Assertion__NewestRs256 is not");
        }

        return new(keys, newest, newestRs256, clients);
    }

    /// <summary>What signs the assertions for an audience.</summary>
    /// <param name="audience">A relying party's client id, or <c>self</c>.</param>
    public SigningCredentials Signing(string audience) => (_rs256Clients.Contains(audience) ? _newestRs256 : _newest)!.Signing;

    /// <summary>GET /.well-known/jwks.json: the public keys (RFC 7517), which may be kept for some minutes.</summary>
    public IResult Publish(Call call)
    {
        call.Request.HttpContext.Response.Headers.CacheControl = Cached;
        return Results.Text(_published, "application/jwk-set+json");
    }

    private static AssertionKey? Named(SettingsReader reader, List<AssertionKey> keys, string name, string id)
    {
        var named = keys.Find(k => k.Key.KeyId == id);
        if (id.Length > 0 && named is null)
        {
            reader.Fault(name, $"names a key that is not there: Assertion__Keys__{id}");
        }

        return named;
    }
}
