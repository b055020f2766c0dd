using System.Text;
using System.Text.Json;
using Mfa.Pages;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /external-mfa/.well-known/openid-configuration and /external-mfa/jwks.json, which Entra reads once a day, and the page that answers it.</summary>
public sealed class ExternalMfaDocuments(ExternalMfaSettings settings, ExternalMfaTokens tokens)
{
    // Entra keeps them for a day anyway.
    private const string Cached = "public, max-age=300";

    private readonly byte[] _configuration = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["issuer"] = tokens.Issuer,
        ["authorization_endpoint"] = $"{tokens.Issuer}/authorize",
        ["jwks_uri"] = $"{tokens.Issuer}/jwks.json",
        ["scopes_supported"] = new[] { "openid" },
        ["response_types_supported"] = new[] { "id_token" },
        ["response_modes_supported"] = new[] { "form_post" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        ["claim_types_supported"] = new[] { "normal" },
        ["claims_supported"] = new[] { "iss", "aud", "sub", "nonce", "iat", "exp", "acr", "amr" },
        ["acr_values_supported"] = ExternalMfaTokens.Acr,
        ["claims_parameter_supported"] = true,
    });

    public IResult Configuration(Call call) => Answer(call, _configuration, "application/json");

    public IResult Keys(Call call) => Answer(call, Encoding.UTF8.GetBytes(settings.Keys.Published), "application/jwk-set+json");

    /// <summary>GET /external-mfa/answer: the page that posts itself to Entra.</summary>
    public IResult AnswerPage(Call call) => settings.AppId is null ? Problem.NotFound() : call.Get<UserPages>().Answer(Page.Answer, call.Request);

    // Entra wants a Content-Length, which only bytes have.
    private IResult Answer(Call call, byte[] content, string type)
    {
        if (settings.AppId is null)
        {
            return Problem.NotFound();
        }

        call.Request.HttpContext.Response.Headers.CacheControl = Cached;
        return Results.Bytes(content, type);
    }
}
