using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>How a program proves who it is: by its secret, in the header or the form (RFC 6749 section 2.3.1), or by a token that it signs (RFC 7523 section 2.2).</summary>
public sealed class ClientProof(ServiceSettings service, TimeProvider time)
{
    private const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int AssertionAtMost = 4096;

    // Programs make one for each request.
    private static readonly TimeSpan s_lastsAtMost = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = AssertionAtMost };

    /// <summary>The names of the ways (OpenID Connect Core section 9).</summary>
    public static IReadOnlyList<string> Ways { get; } = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

    /// <summary>The algorithms of tokens that programs sign.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>The program that a request is from; or why not.</summary>
    public async Task<(OpenIdClient? Client, OpenIdError? Refusal)> OfAsync(HttpRequest request, Form form, OpenIdClients clients)
    {
        var basic = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? header.Parameter ?? "" : null;
        var (secret, assertion) = (form["client_secret"], form["client_assertion"]);
        if ((basic is null ? 0 : 1) + (secret is null ? 0 : 1) + (assertion is null ? 0 : 1) > 1)
        {
            return (null, OpenIdError.Request("The client proves itself in more than one way."));
        }

        if (assertion is not null)
        {
            return form["client_assertion_type"] == Assertion && await SignerAsync(assertion, form["client_id"], clients) is { } signer ? (signer, null) : (null, OpenIdError.Client());
        }

        var ways = basic is not null ? Basic(basic) : [(form["client_id"], secret)];
        return ways.Select(w => ByName(w.Id, w.Secret, clients)).FirstOrDefault(c => c is not null) is { } client && (form["client_id"] ?? client.Id) == client.Id ? (client, null) : (null, OpenIdError.Client());
    }

    private static OpenIdClient? ByName(string? id, string? shown, OpenIdClients clients) =>
        clients.Find(id) is { } client && shown is not null && client.Secrets.Any(s => IsSame(s, shown)) ? client : null;

    private async Task<OpenIdClient?> SignerAsync(string assertion, string? named, OpenIdClients clients)
    {
        if (assertion.Length > AssertionAtMost || !_tokens.CanReadToken(assertion))
        {
            return null;
        }

        string? id;
        try
        {
            id = _tokens.ReadJsonWebToken(assertion).Subject;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }

        if (clients.Find(id) is not { Keys.Count: > 0 } client || (named ?? id) != id)
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var read = await _tokens.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = client.Id,
            ValidAudiences = [service.Issuer, $"{service.Issuer}/token", $"{service.Issuer}/par", $"{service.Issuer}/bc-authorize"],
            IssuerSigningKeys = client.Keys,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = Algorithms,
            LifetimeValidator = (from, until, _, _) => until is { } end && end + s_skew > now && end <= now + s_lastsAtMost && !(from > now + s_skew),
        });
        return read.IsValid ? client : null;
    }

    private static (string? Id, string? Secret)[] Basic(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var written) || Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2) is not [var id, var secret])
        {
            return [];
        }

        // Each of the two is encoded as a form's value; not by every program, and of a secret in base64 that would make another one.
        return [(WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret)), (id, secret)];
    }

    private static bool IsSame(string expected, string shown) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(shown));
}
