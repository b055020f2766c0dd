using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

public partial class Endpoints
{
    [Function(nameof(GetExternalMfa))]
    public Task<IResult> GetExternalMfa([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "external-mfa/.well-known/openid-configuration")] HttpRequest request) =>
        RunAsync(nameof(GetExternalMfa), request);

    [Function(nameof(GetExternalMfaKeys))]
    public Task<IResult> GetExternalMfaKeys([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "external-mfa/jwks.json")] HttpRequest request) =>
        RunAsync(nameof(GetExternalMfaKeys), request);

    [Function(nameof(AskExternalMfa))]
    public Task<IResult> AskExternalMfa([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "external-mfa/authorize")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        RunAsync(nameof(AskExternalMfa), request, client);

    [Function(nameof(GetExternalMfaAnswer))]
    public Task<IResult> GetExternalMfaAnswer([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "external-mfa/answer")] HttpRequest request) =>
        RunAsync(nameof(GetExternalMfaAnswer), request);

    [Function(nameof(AnswerExternalMfa))]
    public Task<IResult> AnswerExternalMfa([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "external-mfa/answers/{id}")] HttpRequest request) =>
        RunAsync(nameof(AnswerExternalMfa), request);
}
