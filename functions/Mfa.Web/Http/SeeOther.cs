using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>303: to be got elsewhere, whatever this was asked by (RFC 9110 section 15.4.4).</summary>
/// <param name="address">Where.</param>
public sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
