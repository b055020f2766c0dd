using Mfa.Web;
using Mfa.Web.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Twilio.Security;

namespace Mfa.Twilio;

/// <summary>
/// Checks X-Twilio-Signature (twilio.com/docs/usage/security): the auth token's HMAC of our address and the fields. The address is the public one that is
/// set, whatever host a proxy made of it; with or without its port, as Twilio leaves that open.
/// </summary>
public sealed class TwilioSignature(TwilioSettings settings, ServiceSettings service)
{
    public const string Header = "X-Twilio-Signature";

    private const int SignatureAtMost = 100;

    private readonly RequestValidator[] _validators = [.. settings.AuthTokens.Select(token => new RequestValidator(token))];

    /// <summary>Whether a request was signed for our account with one of its auth tokens.</summary>
    public async Task<bool> IsProvedAsync(HttpRequest request)
    {
        if (request.Headers[Header] is not [{ Length: > 0 and <= SignatureAtMost } signature])
        {
            return false;
        }

        var form = await TwilioForm.OfAsync(request);
        var (address, proved) = (service.PublicUrl + Target(request), false);
        foreach (var validator in _validators)
        {
            proved |= validator.Validate(address, form.Signed, signature);
        }

        return proved && form.IsClear && form["AccountSid"] == settings.AccountSid;
    }

    // As it stood on the wire, escapes and all.
    private static string Target(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { } raw && raw.StartsWith('/') ? raw : request.PathBase + request.Path + request.QueryString;
}
