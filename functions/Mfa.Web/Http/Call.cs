using Mfa.Core;
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

    /// <summary>Notes the account that the answer is for, once it is read: the answer speaks its language.</summary>
    public void IsFor(Account account)
    {
        // In a language that nobody asked for, a refusal would tell that there is such an account. The sign-in page asks for the one that it shows.
        if (!Caller.IsOnBeat)
        {
            Cultures.IsFor(Request.HttpContext, account.Culture);
        }
    }

    /// <summary>A value of the path.</summary>
    public string Value(string name) => Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>Something that the head registered.</summary>
    public T Get<T>() where T : notnull => Request.HttpContext.RequestServices.GetRequiredService<T>();
}
