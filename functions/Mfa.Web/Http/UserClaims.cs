using System.Security.Claims;

namespace Mfa.Web;

/// <summary>Reads the user out of a validated token.</summary>
public static class UserClaims
{
    private const int AtMost = 256;
    private const int NameAtMost = 64;

    private static readonly string[] s_names = ["preferred_username", "name"];

    /// <summary>The user; null where the token is missing, invalid, or names no tenant or user.</summary>
    public static UserCaller? Read(ClaimsPrincipal? principal, AuthSettings settings)
    {
        if (principal?.Identity?.IsAuthenticated != true)
        {
            return null;
        }

        var tenant = principal.FindFirstValue(settings.TenantClaim);
        var user = settings.UserClaims.Select(principal.FindFirstValue).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return tenant is { Length: > 0 and <= AtMost } && user is { Length: > 0 and <= AtMost }
            ? new(tenant, user, principal.FindFirstValue("sid"), Name(principal))
            : null;
    }

    // As long as an authenticator's list shows, and a QR code holds.
    private static string? Name(ClaimsPrincipal principal)
    {
        var name = s_names.Select(principal.FindFirstValue).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n))?.Trim();
        return name?.Length > NameAtMost ? name[..NameAtMost] : name;
    }
}
