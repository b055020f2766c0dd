using Microsoft.IdentityModel.JsonWebTokens;

namespace Mfa.Web;

/// <summary>Reads an ID token that a client had from here before, as a hint of whom it means: however old it is.</summary>
public sealed class IdTokenHints(ServiceSettings service, AssertionKeys keys)
{
    private const int AtMost = 4096;

    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = AtMost };

    /// <summary>The user's id; null where it is no token of this client's.</summary>
    public async Task<string?> UserOfAsync(string token, OpenIdClient client)
    {
        if (token.Length > AtMost)
        {
            return null;
        }

        var check = keys.Check(service.Issuer, client.Id);
        check.ValidateLifetime = false;
        var read = await _tokens.ValidateTokenAsync(token, check);
        return read.IsValid && read.Claims.TryGetValue("tid", out var tenant) && (tenant as string) == client.Tenant && read.Claims.TryGetValue(JwtRegisteredClaimNames.Sub, out var user) ? user as string : null;
    }
}
