using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /.well-known/openid-configuration: what programs read of this service as their OpenID Provider (OpenID Connect Discovery 1.0; RFC 8414).</summary>
public sealed class OpenIdDocument(ServiceSettings service, AssertionKeys keys)
{
    private const string Cached = "public, max-age=300";

    private readonly byte[] _document = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["issuer"] = service.Issuer,
        ["authorization_endpoint"] = $"{service.Issuer}/authorize",
        ["pushed_authorization_request_endpoint"] = $"{service.Issuer}/par",
        ["token_endpoint"] = $"{service.Issuer}/token",
        ["userinfo_endpoint"] = $"{service.Issuer}/userinfo",
        ["backchannel_authentication_endpoint"] = $"{service.Issuer}/bc-authorize",
        ["jwks_uri"] = $"{service.Issuer}/.well-known/jwks.json",
        ["scopes_supported"] = Scopes,
        ["response_types_supported"] = new[] { "code" },
        ["response_modes_supported"] = new[] { "query" },
        ["grant_types_supported"] = new[] { "authorization_code", Ciba },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = keys.Algorithms,
        ["token_endpoint_auth_methods_supported"] = ClientProof.Ways,
        ["token_endpoint_auth_signing_alg_values_supported"] = ClientProof.Algorithms,
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["acr_values_supported"] = AcrValues,
        ["prompt_values_supported"] = new[] { "none", "login", "select_account" },
        ["claims_supported"] = new[] { "iss", "aud", "sub", "tid", "nonce", "iat", "exp", "jti", "auth_time", "amr", "acr", "ctx", "epoch", "name", "preferred_username", "email" },
        ["backchannel_token_delivery_modes_supported"] = new[] { "poll" },
        ["backchannel_user_code_parameter_supported"] = false,
        ["authorization_response_iss_parameter_supported"] = true,
        ["claims_parameter_supported"] = false,
        ["request_parameter_supported"] = false,
        ["request_uri_parameter_supported"] = false,
        ["require_request_uri_registration"] = false,
    });

    /// <summary>The grant of CIBA (section 10.1).</summary>
    public const string Ciba = "urn:openid:params:grant-type:ciba";

    /// <summary>What may be asked for.</summary>
    public static IReadOnlyList<string> Scopes { get; } = ["openid", "profile", "email"];

    /// <summary>How sure an answer can be.</summary>
    public static IReadOnlyList<string> AcrValues { get; } = [Acr.SecondStep, Acr.NotRequired];

    public IResult Answer(Call call)
    {
        call.Request.HttpContext.Response.Headers.CacheControl = Cached;
        return Results.Bytes(_document, "application/json");
    }
}
