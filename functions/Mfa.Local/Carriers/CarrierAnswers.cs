using System.Net;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>What the network's statuses and the faults on the way to it mean.</summary>
internal static class CarrierAnswers
{
    /// <summary>A request that was not done, by its status.</summary>
    public static CarrierAnswer Of(HttpStatusCode status, TimeSpan? retryAfter = null) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => CarrierAnswer.NotNow(retryAfter),
        // A wrong key is the operator's fault, and no fact about the number.
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => CarrierAnswer.NotNow(),
        HttpStatusCode.RequestTimeout => CarrierAnswer.Unknown(),
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => CarrierAnswer.No(Reason.Undeliverable),
        _ => CarrierAnswer.Unknown(),
    };

    /// <summary>A request that got no whole answer. Where no connection came about, nothing was sent.</summary>
    public static CarrierAnswer Of(HttpRequestException fault) => fault.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => CarrierAnswer.NotNow(),
        _ => CarrierAnswer.Unknown(),
    };

    /// <summary>One text, of an answer to many.</summary>
    public static CarrierAnswer Of(SentText text) =>
        text.Successful ? CarrierAnswer.Done()
        : text.ErrorMessage?.Contains("opted out", StringComparison.OrdinalIgnoreCase) == true
            || text.ErrorMessage?.Contains("opt-out", StringComparison.OrdinalIgnoreCase) == true ? CarrierAnswer.No(Reason.OptedOut)
        : Of((HttpStatusCode)text.HttpStatusCode);

    /// <summary>Whether a refusal says that the call is over already.</summary>
    public static bool IsOver(HttpStatusCode status, string? code) =>
        status == HttpStatusCode.NotFound || code is "8501" or "8522" or "8528" or "8585";

    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var after = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - now;
        return after > TimeSpan.Zero ? after : null;
    }
}
