namespace Mfa.Web;

/// <summary>A user who passed the first step, as their token tells.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user's id in it.</param>
/// <param name="Session">The session of the first step; where the token names none, one that is this token's alone.</param>
/// <param name="Name">What people call the account: for the authenticator's list.</param>
public sealed record UserCaller(string Tenant, string User, string Session, string? Name)
{
    // As long as an authenticator's list shows, and a QR code holds.
    private const int NameAtMost = 64;

    /// <summary>What people call an account, as it is shown; null where that is blank.</summary>
    public static string? Shown(string? name) => name?.Trim() is not { Length: > 0 } shown ? null : shown.Length > NameAtMost ? shown[..NameAtMost] : shown;
}
