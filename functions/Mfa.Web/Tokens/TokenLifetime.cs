using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>Checks a token's life against this service's own clock.</summary>
public static class TokenLifetime
{
    /// <param name="time">The clock.</param>
    /// <param name="skew">How far the issuer's clock may be off.</param>
    public static LifetimeValidator By(TimeProvider time, TimeSpan skew) => (notBefore, expires, _, _) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && end + skew > now && (notBefore is not { } start || start - skew <= now);
    };
}
