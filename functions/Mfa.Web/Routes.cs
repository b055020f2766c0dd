using Mfa.Pages;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The routes of the contract: every head serves this list.</summary>
public static class Routes
{
    private static readonly Access s_user = new StepUpAccess(Access.User);
    private static readonly Access s_change = new StepUpAccess(new SecondStepAccess());
    private static readonly Access s_setUp = new SetUpAccess(s_user);
    private static readonly Access s_setUpChange = new SetUpAccess(s_change);
    private static readonly Access s_rp = Access.Application(ChallengeCaller.Role);
    private static readonly Access s_device = new DeviceAccess();
    private static readonly Access s_admin = new AdminAccess(Changes: true);

    public static IReadOnlyList<Route> All { get; } =
    [
        new("GetHealth", ["GET"], "healthz", Access.Anyone, c => c.Get<Health>().GetAsync(c)),
        new("GetKeys", ["GET"], ".well-known/jwks.json", Access.Anyone, c => Task.FromResult(c.Get<AssertionKeys>().Publish(c))),
        new("GetAuthenticator", ["GET", "HEAD"], AuthenticatorPages.Path[1..] + "/{*file}", Access.Anyone, c => Task.FromResult(AuthenticatorPages.Answer(c.Request))),
        new("GetSetUpPage", ["GET", "HEAD"], "/", Access.Anyone, c => Task.FromResult(c.Get<UserPages>().Answer(Page.SetUp, c.Request))),
        new("GetSettingsPage", ["GET", "HEAD"], "settings", Access.Anyone, c => Task.FromResult(c.Get<UserPages>().Answer(Page.Settings, c.Request))),
        new("GetSignInPage", ["GET", "HEAD"], "sign-in/{id}", Access.Anyone, c => Task.FromResult(c.Get<UserPages>().Answer(Page.SignIn, c.Request))),
        new("GetPageFile", ["GET", "HEAD"], "pages/{version}/{file}", Access.Anyone, c => Task.FromResult(c.Get<UserPages>().Answer(c.Value("version"), c.Value("file"), c.Request))),
        new("GetExternalMfa", ["GET"], "external-mfa/.well-known/openid-configuration", Access.Anyone, c => Task.FromResult(c.Get<ExternalMfaDocuments>().Configuration(c))),
        new("GetExternalMfaKeys", ["GET"], "external-mfa/jwks.json", Access.Anyone, c => Task.FromResult(c.Get<ExternalMfaDocuments>().Keys(c))),
        new("AskExternalMfa", ["POST"], "external-mfa/authorize", Access.Anyone, c => c.Get<ExternalMfa>().AuthorizeAsync(c)) { IsPage = true },
        new("GetExternalMfaAnswer", ["GET", "HEAD"], "external-mfa/answer", Access.Anyone, c => Task.FromResult(c.Get<ExternalMfaDocuments>().AnswerPage(c))),
        new("AnswerExternalMfa", ["POST"], "external-mfa/answers/{id}", Access.Anyone, c => c.Get<ExternalMfaAnswer>().RunAsync(c)),
        new("GetOpenId", ["GET"], ".well-known/openid-configuration", Access.Anyone, c => Task.FromResult(c.Get<OpenIdDocument>().Answer(c))),
        new("Authorize", ["GET", "POST"], "authorize", Access.Anyone, c => c.Get<Authorize>().RunAsync(c)) { IsPage = true },
        new("GetFirstStepPage", ["GET", "HEAD"], "sign-in", Access.Anyone, c => Task.FromResult(c.Get<UserPages>().Answer(Page.FirstStep, c.Request))),
        new("AuthorizeUser", ["POST"], "api/v1/me/authorizations", Access.User, c => c.Get<Authorizations>().RunAsync(c)),
        new("PushRequest", ["POST"], "par", Access.Anyone, c => c.Get<PushedRequests>().RunAsync(c)),
        new("Token", ["POST"], "token", Access.Anyone, c => c.Get<TokenEndpoint>().RunAsync(c)),
        new("UserInfo", ["GET", "POST"], "userinfo", Access.Anyone, c => c.Get<UserInfo>().RunAsync(c)),
        new("BackchannelAuthorize", ["POST"], "bc-authorize", Access.Anyone, c => c.Get<BackchannelEndpoint>().RunAsync(c)),
        new("GetMe", ["GET"], "api/v1/me", s_setUp, c => c.Get<ReadMe>().GetAsync(c)),
        new("GetCountries", ["GET"], "api/v1/countries", s_setUp, c => c.Get<ReadCountries>().GetAsync(c)),
        new("CreateEnrollment", ["POST"], "api/v1/me/enrollments", s_setUpChange, c => c.Get<CreateEnrollment>().RunAsync(c)),
        new("GetEnrollment", ["GET"], "api/v1/me/enrollments/{id}", s_setUp, c => c.Get<ReadEnrollment>().GetAsync(c)),
        new("DeleteEnrollment", ["DELETE"], "api/v1/me/enrollments/{id}", s_setUp, c => c.Get<ReadEnrollment>().DeleteAsync(c)),
        new("ContactEnrollment", ["POST"], "api/v1/me/enrollments/{id}/contact", s_setUpChange, c => c.Get<ContactEnrollment>().RunAsync(c)),
        new("VerifyEnrollment", ["POST"], "api/v1/me/enrollments/{id}/verify", s_setUp, c => c.Get<VerifyEnrollment>().RunAsync(c)),
        new("GetActivity", ["GET"], "api/v1/me/activity", s_user, c => c.Get<ReadActivity>().GetAsync(c)),
        new("ReportChallenge", ["POST"], "api/v1/me/reports", s_user, c => c.Get<ReportChallenge>().RunAsync(c)),
        new("CreateOwnChallenge", ["POST"], "api/v1/me/challenges", s_user, c => c.Get<CreateChallenge>().RunAsync(c)),
        new("GetOwnChallenge", ["GET"], "api/v1/me/challenges/{id}", s_user, c => c.Get<ReadChallenge>().GetAsync(c)),
        new("DeleteOwnChallenge", ["DELETE"], "api/v1/me/challenges/{id}", s_user, c => c.Get<ReadChallenge>().DeleteAsync(c)),
        new("ContactOwnChallenge", ["POST"], "api/v1/me/challenges/{id}/contact", s_user, c => c.Get<ContactChallenge>().RunAsync(c)),
        new("VerifyOwnChallenge", ["POST"], "api/v1/me/challenges/{id}/verify", s_user, c => c.Get<VerifyChallenge>().RunAsync(c)),
        new("CreateChallenge", ["POST"], "api/v1/challenges", s_rp, c => c.Get<CreateChallenge>().RunAsync(c)),
        new("GetChallenge", ["GET"], "api/v1/challenges/{id}", s_rp, c => c.Get<ReadChallenge>().GetAsync(c)),
        new("DeleteChallenge", ["DELETE"], "api/v1/challenges/{id}", s_rp, c => c.Get<ReadChallenge>().DeleteAsync(c)),
        new("ContactChallenge", ["POST"], "api/v1/challenges/{id}/contact", s_rp, c => c.Get<ContactChallenge>().RunAsync(c)),
        new("VerifyChallenge", ["POST"], "api/v1/challenges/{id}/verify", s_rp, c => c.Get<VerifyChallenge>().RunAsync(c)),
        new("RedeemAnswer", ["POST"], "api/v1/challenges/{id}/answer", s_rp, c => c.Get<RedeemAnswer>().RunAsync(c)),
        new("GetSignIn", ["GET"], "api/v1/sign-ins/{id}", Access.SignInPage, c => c.Get<ReadChallenge>().GetAsync(c)),
        new("DeleteSignIn", ["DELETE"], "api/v1/sign-ins/{id}", Access.SignInPage, c => c.Get<ReadChallenge>().DeleteAsync(c)),
        new("ChangeSignIn", ["PATCH"], "api/v1/sign-ins/{id}", Access.SignInPage, c => c.Get<ChangeSignIn>().RunAsync(c)),
        new("ContactSignIn", ["POST"], "api/v1/sign-ins/{id}/contact", Access.SignInPage, c => c.Get<ContactChallenge>().RunAsync(c)),
        new("VerifySignIn", ["POST"], "api/v1/sign-ins/{id}/verify", Access.SignInPage, c => c.Get<VerifyChallenge>().RunAsync(c)),
        new("Verify", ["POST"], "api/v1/verify", s_rp, c => c.Get<VerifyNow>().RunAsync(c)),
        new("PatchMe", ["PATCH"], "api/v1/me", s_change, c => c.Get<ChangeMe>().RunAsync(c)),
        new("RemoveMethod", ["DELETE"], "api/v1/me/methods/{id}", s_change, c => c.Get<RemoveMethod>().RunAsync(c)),
        new("GetRecoveryCodes", ["GET"], "api/v1/me/recovery-codes", s_user, c => c.Get<OwnRecoveryCodes>().GetAsync(c)),
        new("MakeRecoveryCodes", ["POST"], "api/v1/me/recovery-codes", s_change, c => c.Get<OwnRecoveryCodes>().PostAsync(c)),
        new("GetAppPasswords", ["GET"], "api/v1/me/app-passwords", s_user, c => c.Get<OwnAppPasswords>().GetAsync(c)),
        new("MakeAppPassword", ["POST"], "api/v1/me/app-passwords", s_change, c => c.Get<OwnAppPasswords>().PostAsync(c)),
        new("RevokeAppPassword", ["DELETE"], "api/v1/me/app-passwords/{id}", s_change, c => c.Get<OwnAppPasswords>().DeleteAsync(c)),
        new("RevokeAppPasswords", ["DELETE"], "api/v1/me/app-passwords", s_change, c => c.Get<OwnAppPasswords>().DeleteAllAsync(c)),
        new("VerifyAppPassword", ["POST"], "api/v1/app-passwords/verify", s_rp, c => c.Get<VerifyAppPassword>().RunAsync(c)),
        new("GetBrowsers", ["GET"], "api/v1/me/remembered-browsers", s_user, c => c.Get<RememberedBrowsers>().GetAsync(c)),
        new("ForgetBrowser", ["DELETE"], "api/v1/me/remembered-browsers/{id}", s_change, c => c.Get<RememberedBrowsers>().DeleteAsync(c)),
        new("GetDevices", ["GET"], "api/v1/me/devices", s_user, c => c.Get<OwnDevices>().GetAsync(c)),
        new("RemoveDevice", ["DELETE"], "api/v1/me/devices/{id}", s_change, c => c.Get<OwnDevices>().DeleteAsync(c)),
        new("ActivateDevice", ["POST"], "api/v1/activations/{id}", Access.Anyone, c => c.Get<ActivateDevice>().RunAsync(c)) { AnyOrigin = true },
        new("AskActivateDevice", ["OPTIONS"], "api/v1/activations/{id}", Access.Anyone, c => Task.FromResult(OtherOrigins.Allow(c.Request))) { AnyOrigin = true },
        new("AskDevices", ["OPTIONS"], "api/v1/devices/{*path}", Access.Anyone, c => Task.FromResult(OtherOrigins.Allow(c.Request))) { AnyOrigin = true },
        new("GetRequests", ["GET"], "api/v1/devices/{id}/requests", s_device, c => c.Get<DeviceRequests>().GetAsync(c)) { AnyOrigin = true },
        new("AnswerRequest", ["POST"], "api/v1/devices/{id}/requests/{request}", s_device, c => c.Get<AnswerRequest>().RunAsync(c)) { AnyOrigin = true },
        new("PutPush", ["PUT"], "api/v1/devices/{id}/push", s_device, c => c.Get<DevicePush>().PutAsync(c)) { AnyOrigin = true },
        new("PatchDevice", ["PATCH"], "api/v1/devices/{id}", s_device, c => c.Get<ChangeDevice>().PatchAsync(c)) { AnyOrigin = true },
        new("GiveUpDevice", ["DELETE"], "api/v1/devices/{id}", s_device, c => c.Get<ChangeDevice>().DeleteAsync(c)) { AnyOrigin = true },
        new("GetUser", ["GET"], "api/v1/admin/users/{user}", new AdminAccess(Changes: false), c => c.Get<ReadUser>().GetAsync(c)),
        new("PutUser", ["PUT"], "api/v1/admin/users/{user}", s_admin, c => c.Get<ChangeUser>().PutAsync(c)),
        new("PatchUser", ["PATCH"], "api/v1/admin/users/{user}", s_admin, c => c.Get<ChangeUser>().PatchAsync(c)),
        new("EraseUser", ["DELETE"], "api/v1/admin/users/{user}", s_admin, c => c.Get<UserActs>().EraseAsync(c)),
        new("RequireUser", ["POST"], "api/v1/admin/users/{user}/require", s_admin, c => c.Get<UserActs>().RequireAsync(c)),
        new("ResetUser", ["POST"], "api/v1/admin/users/{user}/reset", s_admin, c => c.Get<UserActs>().ResetAsync(c)),
        new("BlockUser", ["POST"], "api/v1/admin/users/{user}/block", s_admin, c => c.Get<UserActs>().BlockAsync(c)),
        new("UnblockUser", ["POST"], "api/v1/admin/users/{user}/unblock", s_admin, c => c.Get<UserActs>().UnblockAsync(c)),
        new("RevokeUserAppPasswords", ["DELETE"], "api/v1/admin/users/{user}/app-passwords", s_admin, c => c.Get<UserActs>().RevokeAppPasswordsAsync(c)),
        new("BypassUser", ["POST"], "api/v1/admin/users/{user}/bypass", s_admin, c => c.Get<GiveBypass>().RunAsync(c)),
        new("VouchForMethod", ["POST"], "api/v1/admin/users/{user}/methods", s_admin, c => c.Get<VouchForMethod>().RunAsync(c)),
        new("CallEvents", ["POST"], "callbacks/calls/{verificationId}/{attempt}", CarrierAccess.Calls, c => c.Get<CallCallback>().RunAsync(c)),
        new("TextEvents", ["POST", "OPTIONS"], "callbacks/texts", CarrierAccess.Texts, c => c.Get<TextCallback>().RunAsync(c)),
        new("ZzNothing", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"], "{*path}", Access.Anyone, c => Task.FromResult<IResult>(Nothing.Here(c.Request))),
    ];
}
