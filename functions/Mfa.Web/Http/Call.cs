using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>One request to one route, with the caller already known.</summary>
/// <param name="Request">The request.</param>
/// <param name="Caller">Who sends it.</param>
public sealed record Call(HttpRequest Request, Admission Caller)
{
    /// <summary>Ends when the client leaves.</summary>
    public CancellationToken Aborted => Request.HttpContext.RequestAborted;

    /// <summary>The user, on a route that only users reach.</summary>
    public UserCaller TheUser => Caller.User ?? throw new InvalidOperationException("This route has no user.");

    /// <summary>What proves the device, on a route that only devices reach.</summary>
    public DeviceProof TheDevice => Caller.Device ?? throw new InvalidOperationException("This route has no device.");

    /// <summary>A value of the path.</summary>
    public string Value(string name) => Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>Something that the head registered.</summary>
    public T Get<T>() where T : notnull => Request.HttpContext.RequestServices.GetRequiredService<T>();
}
