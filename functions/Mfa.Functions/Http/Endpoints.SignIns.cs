using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

public partial class Endpoints
{
    [Function(nameof(GetSignIn))]
    public Task<IResult> GetSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/sign-ins/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(GetSignIn), request, client);

    [Function(nameof(DeleteSignIn))]
    public Task<IResult> DeleteSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/v1/sign-ins/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(DeleteSignIn), request, client);

    [Function(nameof(ChangeSignIn))]
    public Task<IResult> ChangeSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/v1/sign-ins/{id}")] HttpRequest request) =>
        RunAsync(nameof(ChangeSignIn), request);

    [Function(nameof(ContactSignIn))]
    public Task<IResult> ContactSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sign-ins/{id}/contact")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(ContactSignIn), request, client);

    [Function(nameof(VerifySignIn))]
    public Task<IResult> VerifySignIn([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/sign-ins/{id}/verify")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(VerifySignIn), request, client);

    [Function(nameof(RedeemAnswer))]
    public Task<IResult> RedeemAnswer([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/challenges/{id}/answer")] HttpRequest request) =>
        RunAsync(nameof(RedeemAnswer), request);
}
