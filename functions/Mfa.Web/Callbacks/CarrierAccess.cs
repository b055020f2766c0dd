using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A carrier that is set, by what proves its events.</summary>
public static class CarrierAccess
{
    public static Access Calls { get; } = new Proved(Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/calls"), (carrier, request) => carrier.RefusalOfCallAsync(request));

    public static Access Texts { get; } = new Proved(Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/texts"), (carrier, request) => carrier.RefusalOfTextAsync(request));

    private sealed record Proved(Problem Nobodys, Func<ICarrierCallbacks, HttpRequest, Task<Problem?>> Refusal) : Access
    {
        public override async Task<Admission> AdmitAsync(HttpRequest request)
        {
            var carrier = request.HttpContext.RequestServices.GetRequiredService<Carriers>().CallbacksOf(request);
            return (carrier is null ? Nobodys : await Refusal(carrier, request)) is { } refusal ? Admission.Refused(refusal) : new();
        }
    }
}
