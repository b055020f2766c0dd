using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>
/// A user who may show a second step: signed for their session, and not older than the policy allows. Whether the account needs it is
/// decided with the account, in the batch that changes it.
/// </summary>
public sealed record SecondStepAccess : UserAccess
{
    public override async Task<Admission> AdmitAsync(HttpRequest request)
    {
        var admitted = await base.AdmitAsync(request);
        return admitted.User is { } user
            ? admitted with { SecondStep = await request.HttpContext.RequestServices.GetRequiredService<Assertions>().ReadAsync(request, user) }
            : admitted;
    }
}
