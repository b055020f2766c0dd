using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

public partial class Endpoints
{
    [Function(nameof(GetOpenId))]
    public Task<IResult> GetOpenId([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/openid-configuration")] HttpRequest request) =>
        RunAsync(nameof(GetOpenId), request);

    [Function(nameof(Authorize))]
    public Task<IResult> Authorize([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "authorize")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(Authorize), request, client);

    [Function(nameof(GetFirstStepPage))]
    public Task<IResult> GetFirstStepPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sign-in")] HttpRequest request) =>
        RunAsync(nameof(GetFirstStepPage), request);

    [Function(nameof(AuthorizeUser))]
    public Task<IResult> AuthorizeUser([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/me/authorizations")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(AuthorizeUser), request, client);

    [Function(nameof(PushRequest))]
    public Task<IResult> PushRequest([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "par")] HttpRequest request) =>
        RunAsync(nameof(PushRequest), request);

    [Function(nameof(Token))]
    public Task<IResult> Token([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "token")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(Token), request, client);

    [Function(nameof(UserInfo))]
    public Task<IResult> UserInfo([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "userinfo")] HttpRequest request) =>
        RunAsync(nameof(UserInfo), request);

    [Function(nameof(BackchannelAuthorize))]
    public Task<IResult> BackchannelAuthorize([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "bc-authorize")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(BackchannelAuthorize), request, client);
}
