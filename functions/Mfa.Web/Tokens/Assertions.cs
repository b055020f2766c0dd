using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// Signs and reads the token that says "this user passed two-step verification, this way, at this time": for relying parties,
/// and for this service's own routes (audience <c>self</c>), where it stands in for a second step as long as one counts.
/// </summary>
public sealed class Assertions(ServiceSettings service, AssertionKeys keys, AccountPolicy policy, TimeProvider time)
{
    private const int HeaderAtMost = 4096;

    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>The assertion of a second step that was taken, for this service's own routes; null once it is too old.</summary>
    /// <param name="account">The account.</param>
    /// <param name="epoch">The epoch in which it was proved.</param>
    /// <param name="session">The session of the first step that it is for.</param>
    /// <param name="verification">The verification that proved it.</param>
    /// <param name="at">When.</param>
    public string? Sign(Account account, int epoch, string session, Core.Verification verification, DateTimeOffset at) => Sign(new()
    {
        Account = account,
        Epoch = epoch,
        Audience = AssertionOf.Self,
        Jti = verification.Id,
        At = at,
        For = policy.SecondStepWithin,
        Amr = Amr(verification.How, verification.WithPin),
        Acr = Acr.SecondStep,
        Session = session,
    });

    /// <summary>The assertion; null once its time is over.</summary>
    public string? Sign(AssertionOf what)
    {
        var expires = what.At + what.For;
        if (time.GetUtcNow() >= expires)
        {
            return null;
        }

        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = service.Issuer,
            Audience = what.Audience,
            IssuedAt = what.At.UtcDateTime,
            NotBefore = what.At.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = Claims(what),
            SigningCredentials = keys.Signing(what.Audience),
        });
    }

    /// <summary>How a way of verifying is told in <c>amr</c> (RFC 8176 section 2).</summary>
    /// <param name="how">The way.</param>
    /// <param name="withPin">Whether a PIN was entered besides.</param>
    public static IReadOnlyList<string> Amr(How how, bool withPin = false) => how switch
    {
        How.Text => ["mfa", "sms"],
        How.Call => ["mfa", "tel"],
        How.Notification when withPin => ["mfa", "swk", "pin"],
        How.Notification => ["mfa", "swk"],
        _ => ["mfa", "otp"],
    };

    /// <summary>The second step that the request shows; null where it shows none that counts for this user and session.</summary>
    public async Task<SecondStep?> ReadAsync(HttpRequest request, UserCaller user)
    {
        if (request.Headers[SecondStep.Header] is not [{ Length: > 0 and <= HeaderAtMost } token])
        {
            return null;
        }

        var check = keys.Check(service.Issuer, AssertionOf.Self);
        check.LifetimeValidator = TokenLifetime.OfOurs(time);
        var read = await _tokens.ValidateTokenAsync(token, check);
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

    private static Dictionary<string, object> Claims(AssertionOf what)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = what.Account.User,
            ["tid"] = what.Account.Tenant,
            [JwtRegisteredClaimNames.Jti] = what.Jti,
            [JwtRegisteredClaimNames.AuthTime] = what.At.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Amr] = what.Amr,
            [JwtRegisteredClaimNames.Acr] = what.Acr,
            ["epoch"] = what.Epoch,
        };
        foreach (var (name, value) in new[] { ("sid", what.Session), (JwtRegisteredClaimNames.Nonce, what.Nonce), ("ctx", what.Context) })
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    private static bool Is(TokenValidationResult read, string claim, string? value) =>
        (read.Claims.TryGetValue(claim, out var found) ? Convert.ToString(found, CultureInfo.InvariantCulture) : null) == value;
}
