using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// Reads the <c>id_token_hint</c> of a request: signed by Entra, for this service's app registration, about a user of a directory that is taken, made just now.
/// It comes expired on purpose, so its own issue counts instead of its lifetime.
/// </summary>
public sealed class EntraHints(ExternalMfaSettings settings, EntraKeys keys, TimeProvider time)
{
    private const int AtMost = 16 * 1024;
    private const int TextAtMost = 256;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = AtMost };

    /// <summary>What it says, or what is wrong with it.</summary>
    /// <exception cref="IssuerKeysException">Entra's keys were never had.</exception>
    public async Task<(EntraHint? Hint, string? Fault)> ReadAsync(string hint, CancellationToken cancel)
    {
        if (hint.Length > AtMost || !_tokens.CanReadToken(hint))
        {
            return (null, "is no signed token");
        }

        JsonWebToken token;
        try
        {
            token = _tokens.ReadJsonWebToken(hint);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenMalformedException)
        {
            return (null, "is no signed token");
        }

        if (token.Alg != SecurityAlgorithms.RsaSha256 || await keys.FindAsync(token.Kid ?? "", cancel) is not { } key)
        {
            return (null, "is not signed by a key of Entra's");
        }

        var read = await _tokens.ValidateTokenAsync(hint, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidAudience = settings.AppId,
            // Both by what it says itself, below.
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        return !read.IsValid ? (null, read.Exception is SecurityTokenInvalidAudienceException ? "is for another app registration" : "is not signed by a key of Entra's") : Told(token, key);
    }

    private (EntraHint? Hint, string? Fault) Told(JsonWebToken token, JsonWebKey key)
    {
        string? Text(string claim) => token.TryGetPayloadValue<string>(claim, out var value) && value is { Length: > 0 and <= TextAtMost } ? value : null;
        var (tenant, user, subject) = (Text("tid"), Text("oid"), Text(JwtRegisteredClaimNames.Sub));
        var age = time.GetUtcNow().UtcDateTime - token.IssuedAt;
        return tenant is null || user is null || subject is null || Text("ver") != "2.0" ? (null, "does not say tid, oid, sub and ver 2.0")
            : !settings.Tenants.Contains(tenant) ? (null, "is of a directory that is none of ExternalMfa__Tenants")
            // A key may be one directory's alone, as the keys' document says then.
            : token.Issuer != settings.IssuerOf(tenant) || (Issuer(key)?.Replace("{tenantid}", tenant, StringComparison.Ordinal) is { } issuer && issuer != token.Issuer) ? (null, "is not issued by its directory")
            : age.Duration() > s_window ? (null, "was not made in these minutes")
            : (new(tenant, user, subject, UserCaller.Shown(Text("preferred_username"))), null);
    }

    private static string? Issuer(JsonWebKey key) => key.AdditionalData.TryGetValue("issuer", out var issuer) ? issuer.ToString() : null;
}
