namespace Mfa.Web;

/// <summary>Whose tokens prove the first step.</summary>
/// <param name="Authority">The issuer's address; its OIDC document stands below it.</param>
/// <param name="Audience">What the tokens must be for.</param>
/// <param name="UserClaim">The one claim that holds the user's id.</param>
/// <param name="TenantClaim">The claim that holds the tenant.</param>
/// <param name="UserTokenClaim">What every user's token has.</param>
/// <param name="ApplicationTokenClaim">What only applications' tokens have.</param>
/// <param name="RequireHttps">Whether the issuer must be reached by https.</param>
public sealed record AuthSettings(
    string Authority, string Audience, string UserClaim, string TenantClaim, ClaimTest UserTokenClaim, ClaimTest ApplicationTokenClaim, bool RequireHttps)
{
    public static AuthSettings Read(SettingsReader reader)
    {
        var authority = reader.Address("Auth:Authority", "the address of the OIDC issuer of the first step");
        var requireHttps = reader.Flag("Auth:RequireHttps", true);
        if (requireHttps && authority.Scheme != "https" && authority.Host != "invalid.invalid")
        {
            reader.Fault("Auth:Authority", "is not https, and Auth__RequireHttps is not false");
        }

        return new(
            authority.ToString(),
            reader.Required("Auth:Audience", "the audience of the first step's tokens"),
            Claim(reader, "Auth:UserClaim", "oid"),
            Claim(reader, "Auth:TenantClaim", "tid"),
            // As Microsoft Entra's tokens have them.
            ClaimTest.Parse(reader.Optional("Auth:UserTokenClaim") ?? "scp"),
            ClaimTest.Parse(reader.Optional("Auth:ApplicationTokenClaim") ?? "idtyp=app"),
            requireHttps);
    }

    private static string Claim(SettingsReader reader, string name, string otherwise)
    {
        var claim = reader.Optional(name) ?? otherwise;
        if (claim.AsSpan().ContainsAny(", ;"))
        {
            // Of two claims, one could hold another user's id.
            reader.Fault(name, "is not the name of one claim");
        }

        return claim;
    }
}
