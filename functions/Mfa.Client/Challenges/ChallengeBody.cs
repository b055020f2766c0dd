namespace Mfa.Client;

/// <summary>A <see cref="ChallengeRequest"/> as it is sent.</summary>
internal sealed record ChallengeBody(
    string Tenant, string? User, string? UserName, string? MethodId, string? How, string Application, string? Place, string? Ip, string? Nonce, string? Culture, string? RememberedBrowser, bool? RememberBrowser,
    MfaContext? Context, SignInPage? Page, bool? Contact)
{
    public ChallengeBody(string tenant, ChallengeRequest r)
        : this(tenant, r.User.Length == 0 && r.UserName is not null ? null : r.User, r.UserName, r.MethodId, r.How, r.Application, r.Place, r.Ip, r.Nonce, r.Culture, r.RememberedBrowser, r.RememberBrowser, r.Context, r.Page, r.Contact)
    {
    }
}
