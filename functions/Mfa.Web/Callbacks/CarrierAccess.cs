using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>The carrier, by what proves its events: call events carry a signed token, text events a secret header.</summary>
public static class CarrierAccess
{
    public static Access Calls { get; } = new SignedEvents();

    public static Access Texts { get; } = new SecretEvents();

    private sealed record SignedEvents : Access
    {
        public override async Task<Admission> AdmitAsync(HttpRequest request) =>
            await request.HttpContext.RequestServices.GetRequiredService<CallProofToken>().IsProvedAsync(request)
                ? new()
                : Admission.Refused(Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/calls"));
    }

    private sealed record SecretEvents : Access
    {
        public override Task<Admission> AdmitAsync(HttpRequest request) =>
            Task.FromResult(request.HttpContext.RequestServices.GetRequiredService<TextProof>().IsProved(request)
                ? new()
                : Admission.Refused(Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/texts")));
    }
}
