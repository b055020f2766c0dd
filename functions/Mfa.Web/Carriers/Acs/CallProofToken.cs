using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web.Acs;

/// <summary>Checks the token that proves a call event: issuer, audience, signature by the carrier's published keys, lifetime.</summary>
public sealed class CallProofToken
{
    private const int TokenAtMost = 8 * 1024;

    private readonly AcsSettings _settings;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _document;
    private readonly JsonWebTokenHandler _tokens = new();

    public CallProofToken(AcsSettings settings, HttpClient http)
    {
        _settings = settings;
        _document = new(
            _settings.CallbackOpenId.ToString(),
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = _settings.RequireHttps });
    }

    /// <summary>Whether the request carries such a token.</summary>
    public async Task<bool> IsProvedAsync(HttpRequest request)
    {
        const string bearer = "Bearer ";
        if (request.Headers.Authorization is not [{ Length: <= TokenAtMost } header] || !header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Without the keys nobody can tell: the carrier must post it again.
        try
        {
            await _document.GetConfigurationAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            throw new CarrierKeysException();
        }

        var read = await _tokens.ValidateTokenAsync(header[bearer.Length..], new TokenValidationParameters
        {
            ValidIssuer = _settings.CallbackIssuer,
            ValidAudience = _settings.CallbackAudience,
            ConfigurationManager = _document,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ClockSkew = TimeSpan.FromMinutes(1),
        });
        return read.IsValid;
    }
}
