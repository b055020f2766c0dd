using System.Net;
using System.Net.Http.Headers;

namespace Mfa.Web;

/// <summary>Gives each request the token of its push service, and takes nothing of an answer but its head.</summary>
internal sealed class PushRequests(VapidKey key, VapidTokens tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var origin = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        request.Headers.Authorization = new AuthenticationHeaderValue("vapid", $"t={tokens.Get(origin)}, k={key.Public}");
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        var response = await base.SendAsync(request, cancellationToken);

        // The library would read the whole of what somebody else's server says, however much it is.
        response.Content.Dispose();
        response.Content = null;
        return response;
    }
}
