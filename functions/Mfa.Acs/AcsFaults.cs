using Azure;
using Mfa.Web;
using Mfa.Web.Acs;

namespace Mfa.Acs;

/// <summary>What the SDKs' exceptions mean. With their retries off, each stands for one request.</summary>
public static class AcsFaults
{
    /// <summary>Whether the call that was spoken to is over already: nothing is left to do.</summary>
    public static bool IsOver(RequestFailedException fault) => AcsAnswers.IsOver(fault.Status, fault.ErrorCode);

    /// <summary>The outcome of a request that failed.</summary>
    /// <param name="fault">The fault; status 0 where there was no answer.</param>
    /// <param name="now">The time, for a Retry-After that is a date.</param>
    public static CarrierAnswer Of(RequestFailedException fault, DateTimeOffset now) =>
        fault.Status != 0 ? AcsAnswers.Of(fault.Status, RetryAfter(fault.GetRawResponse(), now))
        : fault.InnerException is HttpRequestException inner ? CarrierAnswer.Of(inner)
        : CarrierAnswer.Unknown();

    // RFC 9110 section 10.2.3: seconds, or a date.
    private static TimeSpan? RetryAfter(Response? response, DateTimeOffset now)
    {
        if (response?.Headers.TryGetValue("Retry-After", out var text) != true
            || !System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(text, out var value))
        {
            return null;
        }

        var after = value.Delta ?? value.Date - now;
        return after > TimeSpan.Zero ? after : null;
    }
}
