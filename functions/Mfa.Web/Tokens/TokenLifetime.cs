using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>Checks a token's life against this service's own clock.</summary>
public static class TokenLifetime
{
    // Another instance may have signed it a moment ago, by its own clock. At its end that would only let it count for longer.
    private static readonly TimeSpan s_othersAhead = TimeSpan.FromSeconds(30);

    /// <summary>Of a token that this service signed.</summary>
    /// <param name="time">The clock.</param>
    public static LifetimeValidator OfOurs(TimeProvider time) => By(time, early: s_othersAhead, late: TimeSpan.FromSeconds(1));

    /// <param name="time">The clock.</param>
    /// <param name="skew">How far the issuer's clock may be off.</param>
    public static LifetimeValidator By(TimeProvider time, TimeSpan skew) => By(time, skew, skew);

    /// <param name="time">The clock.</param>
    /// <param name="early">How long before its start a token counts: the issuer's clock may be ahead.</param>
    /// <param name="late">How long after its end it does.</param>
    public static LifetimeValidator By(TimeProvider time, TimeSpan early, TimeSpan late) => (notBefore, expires, _, _) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && end + late > now && (notBefore is not { } start || start - early <= now);
    };
}
