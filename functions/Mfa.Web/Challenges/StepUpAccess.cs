using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>
/// A user by an access token of this service's own, which a program got by a second step that was asked for (RFC 9470 section 4): the user and the second step in one. Everybody
/// else is admitted as on any route.
/// </summary>
/// <param name="Otherwise">How.</param>
public sealed record StepUpAccess(Access Otherwise) : Access
{
    public override async Task<Admission> AdmitAsync(HttpRequest request)
    {
        var tokens = request.HttpContext.RequestServices.GetRequiredService<AccessTokens>();
        if (!tokens.IsShown(request))
        {
            return await Otherwise.AdmitAsync(request);
        }

        // What an admin ended since is over: as a first step, too.
        return await tokens.ReadAsync(request, tokens.Api) is { Session: { } session } token
            && (await request.HttpContext.RequestServices.GetRequiredService<AccountRows>().LoadAsync(token.Tenant, token.User, request.HttpContext.RequestAborted)).Account.Epoch == token.Step.Epoch
            ? new() { User = new(token.Tenant, token.User, session, null), SecondStep = token.Acr == Acr.SecondStep ? token.Step : null }
            : Admission.Refused(Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized") with { Headers = [("WWW-Authenticate", "Bearer error=\"invalid_token\"")] });
    }
}
