namespace Mfa.Web;

/// <summary>Whose tokens prove the first step.</summary>
/// <param name="Authority">The issuer's address; its OIDC document stands below it.</param>
/// <param name="Audience">What the tokens must be for.</param>
/// <param name="UserClaims">The claims that may hold the user's id, the first one present counts.</param>
/// <param name="TenantClaim">The claim that holds the tenant.</param>
/// <param name="RequireHttps">Whether the issuer must be reached by https.</param>
public sealed record AuthSettings(string Authority, string Audience, IReadOnlyList<string> UserClaims, string TenantClaim, bool RequireHttps)
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
            (reader.Optional("Auth:UserClaim") ?? "oid,sub").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            reader.Optional("Auth:TenantClaim") ?? "tid",
            requireHttps);
    }
}
