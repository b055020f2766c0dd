using System.Net;

namespace Mfa.VirtualPhone;

/// <summary>
/// What stands before the phones and the connection string: callers on this machine, addressing it as such (a page of
/// another site can make a browser resolve its own name to 127.0.0.1), and no page of another origin.
/// </summary>
internal sealed class LocalGate : IEndpointFilter
{
    public const int BodyLimit = 16 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller)) { return Refuse(403, "Only for callers on this machine."); }
        if (!IsLoopback(http.Request.Host)) { return Refuse(403, "Only for a loopback host name."); }
        if (IsForeign(http.Request)) { return Refuse(403, "Not for pages of another origin."); }
        if (await RequestBody.Read(http.Request, BodyLimit) is not { } body) { return Refuse(413, "The request body is larger than 16 KiB."); }
        if (body.Bytes.Length > 0 && !http.Request.HasJsonContentType()) { return Refuse(415, "Send application/json."); }
        http.Features.Set(body);
        return await next(context);
    }

    public static IResult Refuse(int status, string title) => Results.Problem(title: title, statusCode: status);

    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsForeign(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        return (origin is not null && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            || (site is not null and not ("same-origin" or "none"));
    }
}
