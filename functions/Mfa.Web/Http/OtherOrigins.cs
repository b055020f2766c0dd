using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// What lets an authenticator at another origin speak to this service (CORS, Fetch Standard section 3.2). Any origin may: a device is proved by
/// what it signs and an activation by its code, and a browser adds neither by itself.
/// </summary>
public static class OtherOrigins
{
    private const string ADay = "86400";

    /// <summary>On every answer, refusals too: a device whose clock is wrong hears the time from one.</summary>
    public static void Set(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "Date";
    }

    /// <summary>The answer to a browser that asks first.</summary>
    public static IResult Allow(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        headers.AccessControlMaxAge = ADay;
        return Results.NoContent();
    }
}
