using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

/// <summary>
/// The routes of the contract as functions, one each: the host reads them from attributes, so the shared list can't be mapped in a
/// loop. A test holds that both are the same. Those that may start or tell a clock are bound to its client.
/// </summary>
public sealed partial class Endpoints(EndpointRunner runner, DurableClock clock)
{
    private static readonly Dictionary<string, Route> s_routes = Routes.All.ToDictionary(route => route.Name);

    [Function(nameof(ActivateDevice))]
    public Task<IResult> ActivateDevice([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/activations/{id}")] HttpRequest request) =>
        RunAsync(nameof(ActivateDevice), request);

    [Function(nameof(AnswerRequest))]
    public Task<IResult> AnswerRequest([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/devices/{id}/requests/{request}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(AnswerRequest), request, client);

    [Function(nameof(AskActivateDevice))]
    public Task<IResult> AskActivateDevice([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/v1/activations/{id}")] HttpRequest request) =>
        RunAsync(nameof(AskActivateDevice), request);

    [Function(nameof(AskDevices))]
    public Task<IResult> AskDevices([HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/v1/devices/{*path}")] HttpRequest request) =>
        RunAsync(nameof(AskDevices), request);

    [Function(nameof(BlockUser))]
    public Task<IResult> BlockUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/block")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(BlockUser), request, client);

    [Function(nameof(BypassUser))]
    public Task<IResult> BypassUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/bypass")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(BypassUser), request, client);

    [Function(nameof(CallEvents))]
    public Task<IResult> CallEvents([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "callbacks/calls/{verificationId}/{attempt}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(CallEvents), request, client);

    [Function(nameof(ContactChallenge))]
    public Task<IResult> ContactChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/challenges/{id}/contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ContactChallenge), request, client);

    [Function(nameof(ContactEnrollment))]
    public Task<IResult> ContactEnrollment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/enrollments/{id}/contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ContactEnrollment), request, client);

    [Function(nameof(ContactOwnChallenge))]
    public Task<IResult> ContactOwnChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/challenges/{id}/contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ContactOwnChallenge), request, client);

    [Function(nameof(CreateChallenge))]
    public Task<IResult> CreateChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/challenges")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(CreateChallenge), request, client);

    [Function(nameof(CreateEnrollment))]
    public Task<IResult> CreateEnrollment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/enrollments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(CreateEnrollment), request, client);

    [Function(nameof(CreateOwnChallenge))]
    public Task<IResult> CreateOwnChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/challenges")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(CreateOwnChallenge), request, client);

    [Function(nameof(DeleteChallenge))]
    public Task<IResult> DeleteChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/challenges/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(DeleteChallenge), request, client);

    [Function(nameof(DeleteEnrollment))]
    public Task<IResult> DeleteEnrollment([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/enrollments/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(DeleteEnrollment), request, client);

    [Function(nameof(DeleteOwnChallenge))]
    public Task<IResult> DeleteOwnChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/challenges/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(DeleteOwnChallenge), request, client);

    [Function(nameof(EraseUser))]
    public Task<IResult> EraseUser([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/admin/users/{user}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(EraseUser), request, client);

    [Function(nameof(ForgetBrowser))]
    public Task<IResult> ForgetBrowser([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/remembered-browsers/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ForgetBrowser), request, client);

    [Function(nameof(GetActivity))]
    public Task<IResult> GetActivity([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/activity")] HttpRequest request) =>
        RunAsync(nameof(GetActivity), request);

    [Function(nameof(GetAuthenticator))]
    public Task<IResult> GetAuthenticator([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "authenticator/{*file}")] HttpRequest request) =>
        RunAsync(nameof(GetAuthenticator), request);

    [Function(nameof(GetBrowsers))]
    public Task<IResult> GetBrowsers([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/remembered-browsers")] HttpRequest request) =>
        RunAsync(nameof(GetBrowsers), request);

    [Function(nameof(GetChallenge))]
    public Task<IResult> GetChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/challenges/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(GetChallenge), request, client);

    [Function(nameof(GetCountries))]
    public Task<IResult> GetCountries([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/countries")] HttpRequest request) =>
        RunAsync(nameof(GetCountries), request);

    [Function(nameof(GetDevices))]
    public Task<IResult> GetDevices([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/devices")] HttpRequest request) =>
        RunAsync(nameof(GetDevices), request);

    [Function(nameof(GetEnrollment))]
    public Task<IResult> GetEnrollment([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/enrollments/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(GetEnrollment), request, client);

    [Function(nameof(GetHealth))]
    public Task<IResult> GetHealth([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request) =>
        RunAsync(nameof(GetHealth), request);

    [Function(nameof(GetKeys))]
    public Task<IResult> GetKeys([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/jwks.json")] HttpRequest request) =>
        RunAsync(nameof(GetKeys), request);

    [Function(nameof(GetMe))]
    public Task<IResult> GetMe([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me")] HttpRequest request) =>
        RunAsync(nameof(GetMe), request);

    [Function(nameof(GetOwnChallenge))]
    public Task<IResult> GetOwnChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/challenges/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(GetOwnChallenge), request, client);

    [Function(nameof(GetRecoveryCodes))]
    public Task<IResult> GetRecoveryCodes([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/recovery-codes")] HttpRequest request) =>
        RunAsync(nameof(GetRecoveryCodes), request);

    [Function(nameof(GetRequests))]
    public Task<IResult> GetRequests([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/devices/{id}/requests")] HttpRequest request) =>
        RunAsync(nameof(GetRequests), request);

    [Function(nameof(GetUser))]
    public Task<IResult> GetUser([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/admin/users/{user}")] HttpRequest request) =>
        RunAsync(nameof(GetUser), request);

    [Function(nameof(GiveUpDevice))]
    public Task<IResult> GiveUpDevice([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/devices/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(GiveUpDevice), request, client);

    [Function(nameof(MakeRecoveryCodes))]
    public Task<IResult> MakeRecoveryCodes([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/recovery-codes")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(MakeRecoveryCodes), request, client);

    [Function(nameof(PatchDevice))]
    public Task<IResult> PatchDevice([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/v1/devices/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(PatchDevice), request, client);

    [Function(nameof(PatchMe))]
    public Task<IResult> PatchMe([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/v1/me")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(PatchMe), request, client);

    [Function(nameof(PatchUser))]
    public Task<IResult> PatchUser([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/v1/admin/users/{user}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(PatchUser), request, client);

    [Function(nameof(PutPush))]
    public Task<IResult> PutPush([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/devices/{id}/push")] HttpRequest request) =>
        RunAsync(nameof(PutPush), request);

    [Function(nameof(PutUser))]
    public Task<IResult> PutUser([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/v1/admin/users/{user}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(PutUser), request, client);

    [Function(nameof(RemoveDevice))]
    public Task<IResult> RemoveDevice([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/devices/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RemoveDevice), request, client);

    [Function(nameof(RemoveMethod))]
    public Task<IResult> RemoveMethod([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/methods/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RemoveMethod), request, client);

    [Function(nameof(ReportChallenge))]
    public Task<IResult> ReportChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/reports")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ReportChallenge), request, client);

    [Function(nameof(RequireUser))]
    public Task<IResult> RequireUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/require")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RequireUser), request, client);

    [Function(nameof(ResetUser))]
    public Task<IResult> ResetUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/reset")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ResetUser), request, client);

    [Function(nameof(TextEvents))]
    public Task<IResult> TextEvents([HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = "callbacks/texts")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(TextEvents), request, client);

    [Function(nameof(UnblockUser))]
    public Task<IResult> UnblockUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/unblock")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(UnblockUser), request, client);

    [Function(nameof(Verify))]
    public Task<IResult> Verify([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(Verify), request, client);

    [Function(nameof(VerifyChallenge))]
    public Task<IResult> VerifyChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/challenges/{id}/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VerifyChallenge), request, client);

    [Function(nameof(VerifyEnrollment))]
    public Task<IResult> VerifyEnrollment([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/enrollments/{id}/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VerifyEnrollment), request, client);

    [Function(nameof(VerifyOwnChallenge))]
    public Task<IResult> VerifyOwnChallenge([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/challenges/{id}/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VerifyOwnChallenge), request, client);

    [Function(nameof(VouchForMethod))]
    public Task<IResult> VouchForMethod([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/admin/users/{user}/methods")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VouchForMethod), request, client);

    [Function(nameof(ZzNothing))]
    public Task<IResult> ZzNothing([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "options", "head", Route = "{*path}")] HttpRequest request) =>
        RunAsync(nameof(ZzNothing), request);

    private Task<IResult> RunAsync(string route, HttpRequest request, DurableTaskClient? client = null)
    {
        if (client is not null)
        {
            clock.Use(client);
        }

        return runner.RunAsync(s_routes[route], request);
    }
}
