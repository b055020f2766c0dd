using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Mfa.VirtualPhone;

/// <summary>
/// What every request to the carrier's REST surface passes: its size, its signature, and its repeatability headers.
/// Behind it the body is found as <see cref="RequestBody"/>.
/// </summary>
internal sealed class CarrierGate(VirtualPhoneOptions options, TimeProvider time, Repeats<Task<IResult>> repeats) : IEndpointFilter
{
    public const int BodyLimit = 64 * 1024;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await RequestBody.Read(http.Request, BodyLimit) is not { } body) { return AcsError.TooLarge(); }
        if (FaultOfSignature(http.Request, body.Bytes) is { } fault) { return AcsError.NotSigned(fault); }
        http.Features.Set(body);

        string? id = http.Request.Headers["Repeatability-Request-ID"];
        string? firstSent = http.Request.Headers["Repeatability-First-Sent"];
        if (id is null && firstSent is null) { return await next(context); }
        if (RepeatId.Fault(id, firstSent) is { } wrong) { return AcsError.BadArgument(wrong); }

        http.Response.Headers["Repeatability-Result"] = "accepted";
        return await repeats.Once($"{http.Request.Method} {http.Request.Path} {Guid.Parse(id!)}", async () => (IResult)(await next(context))!);
    }

    private string? FaultOfSignature(HttpRequest request, byte[] body)
    {
        string? date = request.Headers["x-ms-date"];
        string? hash = request.Headers["x-ms-content-sha256"];
        string? given = request.Headers.Authorization;
        if (date is null || hash is null || given is null) { return "The request is not signed."; }
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || (time.GetUtcNow() - signed).Duration() > ClockSkew)
        {
            return "The date of the request is more than 5 minutes from now.";
        }

        if (!RequestSignature.Same(hash, RequestSignature.HashOf(body))) { return "The hash of the content is not that of the body."; }
        var right = RequestSignature.Authorization(Convert.FromBase64String(options.AccessKey), request.Method, Target(request), date, request.Host.Value ?? "", hash);
        return RequestSignature.Same(given, right) ? null : "The HMAC signature is invalid.";
    }

    /// <summary>The path and query as they were written on the wire, which is what the client signed.</summary>
    private static string Target(HttpRequest request)
    {
        var raw = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return raw.StartsWith('/') || !Uri.TryCreate(raw, UriKind.Absolute, out var uri) ? raw : uri.PathAndQuery;
    }
}
