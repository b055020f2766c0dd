using System.Net.Http.Headers;
using System.Text;

namespace Mfa.VirtualPhone;

/// <summary>What every request to Twilio's REST surface passes: its size, its credentials, its account, and the limit of requests in a second.</summary>
internal sealed class TwilioGate(VirtualPhoneOptions options, RequestPace pace) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await RequestBody.Read(http.Request, CarrierGate.BodyLimit) is not { } body) { return TwilioError.TooLarge(); }
        if (!IsOurs(http.Request))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
            return TwilioError.NotAuthenticated();
        }

        if (http.GetRouteValue("account") as string != options.TwilioAccountSid) { return TwilioError.NotFound(http.Request); }
        if (!pace.TryTake(options.TwilioRequestsPerSecond)) { return TwilioError.TooMany(); }
        http.Features.Set(TwilioForm.Read(body.Bytes));
        return await next(context);
    }

    private bool IsOurs(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given)
            || !"Basic".Equals(given.Scheme, StringComparison.OrdinalIgnoreCase)
            || given.Parameter is not { } parameter)
        {
            return false;
        }

        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length)) { return false; }
        var pair = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        return RequestSignature.Same(pair, $"{options.TwilioAccountSid}:{options.TwilioAuthToken}")
            || (options.TwilioApiKey.Length > 0 && RequestSignature.Same(pair, $"{options.TwilioApiKey}:{options.TwilioApiSecret}"));
    }
}
