using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A user's own token, and no application's.</summary>
public record UserAccess : Access
{
    public override async Task<Admission> AdmitAsync(HttpRequest request) =>
        await request.HttpContext.RequestServices.GetRequiredService<BearerTokens>().ReadAsync(request) switch
        {
            { Refusal: { } refusal } => Admission.Refused(refusal),
            { User: { } user } => new() { User = user },
            _ => Admission.Refused(Problem.Of(StatusCodes.Status403Forbidden, "wrong-caller/user")),
        };
}
