using Mfa.Web;

namespace Mfa.Local;

/// <summary>Leads whoever comes by another name of this machine to the issuer's: there alone the pages' sign-in is of their own origin.</summary>
public sealed class OneOrigin(AuthSettings auth) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return Uri.TryCreate(auth.Authority, UriKind.Absolute, out var issuer) && issuer.IsLoopback && issuer.Port == request.Host.Port
            && issuer.Host != request.Host.Host && LoopbackGate.IsLoopback(request.Host.Host)
            ? ValueTask.FromResult<object?>(Results.Redirect(issuer.GetLeftPart(UriPartial.Authority) + request.Path + request.QueryString))
            : next(context);
    }
}
