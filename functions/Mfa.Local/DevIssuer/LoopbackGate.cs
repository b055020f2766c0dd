using System.Net;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// What stands before everything that only a developer at this laptop may have: callers on this machine that address it as
/// such (a page of another site can make a browser resolve its own name to 127.0.0.1), through no tunnel, and no page of another origin.
/// </summary>
public sealed class LoopbackGate : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        SecurityHeaders.Set(context.HttpContext.Response);
        return MayPass(context.HttpContext)
            ? next(context)
            : ValueTask.FromResult<object?>(Problem.Of(StatusCodes.Status403Forbidden, "loopback-only"));
    }

    private static bool MayPass(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
        && IsLoopback(http.Request.Host.Host)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded")
        && !IsForeign(http.Request);

    /// <summary>Whether a name is this machine's own.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Links to the page come from the phones' port too, so a navigation is let through; its answer is not readable there.
    private static bool IsForeign(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        string? mode = request.Headers["Sec-Fetch-Mode"];
        return (origin is not null && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            || (site is not null and not ("same-origin" or "none") && mode != "navigate");
    }
}
