using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A device, by a request that it signed for this very path. Whose key it is, the endpoint reads with what it needs anyway.</summary>
public sealed record DeviceAccess : Access
{
    public override async Task<Admission> AdmitAsync(HttpRequest request)
    {
        var now = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return await DeviceProof.ReadAsync(request, now) is { } proof && proof.DeviceId == request.RouteValues["id"]?.ToString() && RowNames.IsId(proof.DeviceId)
            ? new() { Device = proof }
            : Admission.Refused(DeviceProof.Refusal(now));
    }
}
