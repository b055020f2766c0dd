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
public sealed class Assertions(MfaSettings settings, TimeProvider time)
{
    /// <summary>The header that shows a second step.</summary>
    public const string Header = "Mfa-Assertion";

    private const string Self = "self";
    private const int HeaderAtMost = 4096;

    // Another instance may have signed it a moment ago, by its own clock. At its end that would only let it count for longer.
    private static readonly TimeSpan s_othersAhead = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>The assertion of a finished enrollment, for the session that opened it; null for others, and once it is too old.</summary>
    /// <param name="stored">The enrollment.</param>
    /// <param name="user">The caller.</param>
    /// <param name="proving">Whether this very request gave the proof: only then does a caller without a session get it.</param>
    public string? Of(StoredEnrollment stored, UserCaller user, bool proving)
    {
        var e = stored.Enrollment;
        if (e is not { End: EnrollmentState.Verified, EndedAt: { } at, Verification: { } verification } || e.Session != user.Session || (user.Session is null && !proving))
        {
            return null;
        }

        var expires = at + settings.Accounts.SecondStepWithin;
        if (time.GetUtcNow() >= expires)
        {
            return null;
        }

        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = stored.Account.User,
            ["tid"] = stored.Account.Tenant,
            [JwtRegisteredClaimNames.Jti] = verification.Id,
            [JwtRegisteredClaimNames.AuthTime] = at.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Amr] = new[] { "mfa", Method(verification.How) },
            ["epoch"] = e.Epoch,
        };
        if (e.Session is not null)
        {
            claims["sid"] = e.Session;
        }

        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = settings.Service.Issuer,
            Audience = Self,
            IssuedAt = at.UtcDateTime,
            NotBefore = at.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = settings.AssertionKeys.Signing,
        });
    }

    /// <summary>When the second step was taken that the request shows; null where it shows none that counts for this user and epoch.</summary>
    public async Task<DateTimeOffset?> ReadAsync(HttpRequest request, UserCaller user, Account account)
    {
        if (request.Headers[Header] is not [{ Length: > 0 and <= HeaderAtMost } token])
        {
            return null;
        }

        var read = await _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.Service.Issuer,
            ValidAudience = Self,
            IssuerSigningKeys = settings.AssertionKeys.All,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = TokenLifetime.By(time, early: s_othersAhead, late: TimeSpan.FromSeconds(1)),
        });
        return read.IsValid
            && Is(read, JwtRegisteredClaimNames.Sub, account.User)
            && Is(read, "tid", account.Tenant)
            && Is(read, "sid", user.Session)
            && Is(read, "epoch", account.Epoch.ToString(CultureInfo.InvariantCulture))
            && read.Claims.TryGetValue(JwtRegisteredClaimNames.AuthTime, out var at)
            ? DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(at, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>The public keys (RFC 7517).</summary>
    public string PublicKeys()
    {
        var set = new System.Text.Json.Nodes.JsonArray();
        foreach (var key in settings.AssertionKeys.All)
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
