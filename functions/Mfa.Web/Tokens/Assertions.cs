using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// Signs and reads the token that says "this user passed two-step verification, this way, at this time". Those made here are
/// for this service's own settings (audience <c>self</c>): they stand in for a second step as long as a second step counts.
/// </summary>
public sealed class Assertions(ServiceSettings service, AssertionKeys keys, AccountPolicy policy, TimeProvider time)
{
    private const string Self = "self";
    private const int HeaderAtMost = 4096;

    // Another instance may have signed it a moment ago, by its own clock. At its end that would only let it count for longer.
    private static readonly TimeSpan s_othersAhead = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>The assertion of something that was proved, for this service's own settings; null once it is too old.</summary>
    /// <param name="account">The account.</param>
    /// <param name="epoch">The epoch in which it was proved.</param>
    /// <param name="session">The session of the first step that it is for.</param>
    /// <param name="verification">The verification that proved it.</param>
    /// <param name="at">When.</param>
    public string? Sign(Account account, int epoch, string session, Core.Verification verification, DateTimeOffset at)
    {
        var expires = at + policy.SecondStepWithin;
        if (time.GetUtcNow() >= expires)
        {
            return null;
        }

        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = account.User,
            ["tid"] = account.Tenant,
            ["sid"] = session,
            [JwtRegisteredClaimNames.Jti] = verification.Id,
            [JwtRegisteredClaimNames.AuthTime] = at.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Amr] = new[] { "mfa", Method(verification.How) },
            ["epoch"] = epoch,
        };
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = service.Issuer,
            Audience = Self,
            IssuedAt = at.UtcDateTime,
            NotBefore = at.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = keys.Signing,
        });
    }

    /// <summary>The second step that the request shows; null where it shows none that counts for this user and session.</summary>
    public async Task<SecondStep?> ReadAsync(HttpRequest request, UserCaller user)
    {
        if (request.Headers[SecondStep.Header] is not [{ Length: > 0 and <= HeaderAtMost } token])
        {
            return null;
        }

        var read = await _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = service.Issuer,
            ValidAudience = Self,
            IssuerSigningKeys = keys.All,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = TokenLifetime.By(time, early: s_othersAhead, late: TimeSpan.FromSeconds(1)),
        });
        return read.IsValid
            && Is(read, JwtRegisteredClaimNames.Sub, user.User)
            && Is(read, "tid", user.Tenant)
            && Is(read, "sid", user.Session)
            && read.Claims.TryGetValue("epoch", out var epoch)
            && read.Claims.TryGetValue(JwtRegisteredClaimNames.AuthTime, out var at)
            && read.Claims.TryGetValue(JwtRegisteredClaimNames.Jti, out var jti)
            ? new(
                DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(at, CultureInfo.InvariantCulture)),
                Convert.ToInt32(epoch, CultureInfo.InvariantCulture),
                (string)jti,
                new(read.SecurityToken.ValidTo, TimeSpan.Zero))
            : null;
    }

    /// <summary>The public keys (RFC 7517).</summary>
    public string PublicKeys()
    {
        var set = new System.Text.Json.Nodes.JsonArray();
        foreach (var key in keys.All)
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
            set.Add(new System.Text.Json.Nodes.JsonObject
            {
                ["kty"] = jwk.Kty,
                ["crv"] = jwk.Crv,
                ["x"] = jwk.X,
                ["y"] = jwk.Y,
                ["kid"] = jwk.Kid,
                ["use"] = "sig",
                ["alg"] = SecurityAlgorithms.EcdsaSha256,
            });
        }

        return new System.Text.Json.Nodes.JsonObject { ["keys"] = set }.ToJsonString();
    }

    private static bool Is(TokenValidationResult read, string claim, string? value) =>
        (read.Claims.TryGetValue(claim, out var found) ? Convert.ToString(found, CultureInfo.InvariantCulture) : null) == value;

    // RFC 8176 section 2.
    private static string Method(How how) => how switch
    {
        How.Text => "sms",
        How.Call => "tel",
        _ => "otp",
    };
}
