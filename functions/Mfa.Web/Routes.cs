using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The routes of the contract: every head serves this list.</summary>
public static class Routes
{
    private static readonly Access s_change = new SecondStepAccess();
    private static readonly Access s_admin = new AdminAccess(Changes: true);

    public static IReadOnlyList<Route> All { get; } =
    [
        new("GetHealth", ["GET"], "healthz", Access.Anyone, c => c.Get<Health>().GetAsync(c)),
        new("GetKeys", ["GET"], ".well-known/jwks.json", Access.Anyone, c => Task.FromResult(Results.Text(c.Get<Assertions>().PublicKeys(), "application/jwk-set+json"))),
        new("GetMe", ["GET"], "api/v1/me", Access.User, c => c.Get<ReadMe>().GetAsync(c)),
        new("GetCountries", ["GET"], "api/v1/countries", Access.User, c => c.Get<ReadCountries>().GetAsync(c)),
        new("CreateEnrollment", ["POST"], "api/v1/me/enrollments", s_change, c => c.Get<CreateEnrollment>().RunAsync(c)),
        new("GetEnrollment", ["GET"], "api/v1/me/enrollments/{id}", Access.User, c => c.Get<ReadEnrollment>().GetAsync(c)),
        new("DeleteEnrollment", ["DELETE"], "api/v1/me/enrollments/{id}", Access.User, c => c.Get<ReadEnrollment>().DeleteAsync(c)),
        new("ContactEnrollment", ["POST"], "api/v1/me/enrollments/{id}/contact", s_change, c => c.Get<ContactEnrollment>().RunAsync(c)),
        new("VerifyEnrollment", ["POST"], "api/v1/me/enrollments/{id}/verify", Access.User, c => c.Get<VerifyEnrollment>().RunAsync(c)),
        new("PatchMe", ["PATCH"], "api/v1/me", s_change, c => c.Get<ChangeMe>().RunAsync(c)),
        new("RemoveMethod", ["DELETE"], "api/v1/me/methods/{id}", s_change, c => c.Get<RemoveMethod>().RunAsync(c)),
        new("GetRecoveryCodes", ["GET"], "api/v1/me/recovery-codes", Access.User, c => c.Get<OwnRecoveryCodes>().GetAsync(c)),
        new("MakeRecoveryCodes", ["POST"], "api/v1/me/recovery-codes", s_change, c => c.Get<OwnRecoveryCodes>().PostAsync(c)),
        new("GetBrowsers", ["GET"], "api/v1/me/remembered-browsers", Access.User, c => c.Get<RememberedBrowsers>().GetAsync(c)),
        new("ForgetBrowser", ["DELETE"], "api/v1/me/remembered-browsers/{id}", s_change, c => c.Get<RememberedBrowsers>().DeleteAsync(c)),
        new("GetUser", ["GET"], "api/v1/admin/users/{user}", new AdminAccess(Changes: false), c => c.Get<ReadUser>().GetAsync(c)),
        new("PutUser", ["PUT"], "api/v1/admin/users/{user}", s_admin, c => c.Get<ChangeUser>().PutAsync(c)),
        new("PatchUser", ["PATCH"], "api/v1/admin/users/{user}", s_admin, c => c.Get<ChangeUser>().PatchAsync(c)),
        new("EraseUser", ["DELETE"], "api/v1/admin/users/{user}", s_admin, c => c.Get<UserActs>().EraseAsync(c)),
        new("RequireUser", ["POST"], "api/v1/admin/users/{user}/require", s_admin, c => c.Get<UserActs>().RequireAsync(c)),
        new("ResetUser", ["POST"], "api/v1/admin/users/{user}/reset", s_admin, c => c.Get<UserActs>().ResetAsync(c)),
        new("BlockUser", ["POST"], "api/v1/admin/users/{user}/block", s_admin, c => c.Get<UserActs>().BlockAsync(c)),
        new("UnblockUser", ["POST"], "api/v1/admin/users/{user}/unblock", s_admin, c => c.Get<UserActs>().UnblockAsync(c)),
        new("BypassUser", ["POST"], "api/v1/admin/users/{user}/bypass", s_admin, c => c.Get<GiveBypass>().RunAsync(c)),
        new("CallEvents", ["POST"], "callbacks/calls/{verificationId}/{attempt}", CarrierAccess.Calls, c => c.Get<CallCallback>().RunAsync(c)),
        new("TextEvents", ["POST", "OPTIONS"], "callbacks/texts", CarrierAccess.Texts, c => c.Get<TextCallback>().RunAsync(c)),
        new("ZzNothing", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"], "{*path}", Access.Anyone, c => Task.FromResult<IResult>(Nothing.Here(c.Request))),
    ];
}
