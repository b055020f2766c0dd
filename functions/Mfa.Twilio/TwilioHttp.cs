using System.Net;
using Twilio.Http;

namespace Mfa.Twilio;

/// <summary>
/// The library's way out for one thing that is asked: one try, to the endpoint that is set, until it is cut off. What the library makes of a refusal hides
/// the status where the body is no JSON, and always how long to wait; so a refusal leaves here as <see cref="TwilioRefusedException"/>, inside of the
/// library's own exception.
/// </summary>
public sealed class TwilioHttp(Uri endpoint, HttpMessageHandler connections, CancellationToken cancel)
    : SystemNetHttpClient(new System.Net.Http.HttpClient(new AtEndpoint(endpoint, connections, cancel), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan })
{
    // A list of 50 texts has less than a tenth of it.
    private const int AnswerAtMost = 1024 * 1024;

    /// <exception cref="TwilioRefusedException">The answer is an error.</exception>
    public override async Task<Response> MakeRequestAsync(Request request)
    {
        var response = await base.MakeRequestAsync(request);
        Date = response.Headers?.Date;
        return response.StatusCode < HttpStatusCode.BadRequest ? response
            : throw new TwilioRefusedException((int)response.StatusCode, TwilioRefusedException.CodeIn(response.Content), response.Headers?.RetryAfter);
    }

    /// <summary>The time at Twilio when it last answered; null where it did not say.</summary>
    public DateTimeOffset? Date { get; private set; }

    // The library takes neither another address nor a token.
    private sealed class AtEndpoint(Uri endpoint, HttpMessageHandler inner, CancellationToken cancel) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(endpoint, request.RequestUri!.PathAndQuery);
            var response = await base.SendAsync(request, cancel);
            // To its end, while it can be cut off.
            await response.Content.LoadIntoBufferAsync(AnswerAtMost, cancel);
            return response;
        }
    }
}
