using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A carrier that is set, by what proves its events.</summary>
public static class CarrierAccess
{
    public static Access Calls { get; } = new Proved("unauthorized/calls", (carrier, request) => carrier.RefusalOfCallAsync(request));

    public static Access Texts { get; } = new Proved("unauthorized/texts", (carrier, request) => carrier.RefusalOfTextAsync(request));

    private sealed record Proved(string Nobodys, Func<ICarrierCallbacks, HttpRequest, Task<Problem?>> Refusal) : Access
    {
        public override async Task<Admission> AdmitAsync(HttpRequest request)
        {
            var carrier = request.HttpContext.RequestServices.GetRequiredService<Carriers>().CallbacksOf(request);
            return (carrier is null ? Problem.Of(StatusCodes.Status401Unauthorized, Nobodys) : await Refusal(carrier, request)) is { } refusal ? Admission.Refused(refusal) : new();
        }
    }
}
