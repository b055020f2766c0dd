using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Mfa.Functions;

public partial class Endpoints
{
    [Function(nameof(GetPageFile))]
    public Task<IResult> GetPageFile([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "pages/{version}/{file}")] HttpRequest request) =>
        RunAsync(nameof(GetPageFile), request);

    [Function(nameof(GetSetUpPage))]
    public Task<IResult> GetSetUpPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "/")] HttpRequest request) =>
        RunAsync(nameof(GetSetUpPage), request);

    [Function(nameof(GetSettingsPage))]
    public Task<IResult> GetSettingsPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "settings")] HttpRequest request) =>
        RunAsync(nameof(GetSettingsPage), request);

    [Function(nameof(GetSignInPage))]
    public Task<IResult> GetSignInPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sign-in/{id}")] HttpRequest request) =>
        RunAsync(nameof(GetSignInPage), request);
}
