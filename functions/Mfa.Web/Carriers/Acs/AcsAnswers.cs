using System.Net;
using Mfa.Core;

namespace Mfa.Web.Acs;

/// <summary>What the statuses of Azure Communication Services mean.</summary>
public static class AcsAnswers
{
    /// <summary>A request that was not done, by its status.</summary>
    public static CarrierAnswer Of(int status, TimeSpan? retryAfter = null) => (HttpStatusCode)status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => CarrierAnswer.NotNow(retryAfter),
        // A wrong key is the operator's fault, and no fact about the number.
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => CarrierAnswer.NotNow(),
        HttpStatusCode.RequestTimeout => CarrierAnswer.Unknown(),
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => CarrierAnswer.No(Reason.Undeliverable),
        _ => CarrierAnswer.Unknown(),
    };

    /// <summary>One text, of an answer to many.</summary>
    /// <param name="successful">Whether it was taken.</param>
    /// <param name="status">Its own status.</param>
    /// <param name="fault">What is wrong, in words.</param>
    public static CarrierAnswer OfText(bool successful, int status, string? fault) =>
        successful ? CarrierAnswer.Done()
        : fault?.Contains("opted out", StringComparison.OrdinalIgnoreCase) == true
            || fault?.Contains("opt-out", StringComparison.OrdinalIgnoreCase) == true ? CarrierAnswer.No(Reason.OptedOut)
        : Of(status);

    /// <summary>Whether a refusal says that the call is over already.</summary>
    public static bool IsOver(int status, string? code) => status == 404 || code is "8501" or "8522" or "8528" or "8585";

    /// <summary>Whether a refusal says that the carrier does not let us in.</summary>
    public static bool IsLockedOut(int status) => status is 401 or 403;
}
