using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

public partial class Endpoints
{
    [Function(nameof(GetAppPasswords))]
    public Task<IResult> GetAppPasswords([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/me/app-passwords")] HttpRequest request) =>
        RunAsync(nameof(GetAppPasswords), request);

    [Function(nameof(MakeAppPassword))]
    public Task<IResult> MakeAppPassword([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/app-passwords")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(MakeAppPassword), request, client);

    [Function(nameof(RevokeAppPassword))]
    public Task<IResult> RevokeAppPassword([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/app-passwords/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RevokeAppPassword), request, client);

    [Function(nameof(RevokeAppPasswords))]
    public Task<IResult> RevokeAppPasswords([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/me/app-passwords")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RevokeAppPasswords), request, client);

    [Function(nameof(RevokeUserAppPasswords))]
    public Task<IResult> RevokeUserAppPasswords([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/admin/users/{user}/app-passwords")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(RevokeUserAppPasswords), request, client);

    [Function(nameof(VerifyAppPassword))]
    public Task<IResult> VerifyAppPassword([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/app-passwords/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VerifyAppPassword), request, client);
}
