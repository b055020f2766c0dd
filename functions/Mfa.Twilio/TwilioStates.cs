using Mfa.Core;
using Mfa.Web;

namespace Mfa.Twilio;

/// <summary>What the states of texts and calls mean. Told twice, or found by looking, one has the same id of an event.</summary>
public static class TwilioStates
{
    /// <summary>Whether a text arrived; null where it is on its way.</summary>
    public static bool? IsDelivered(string state) => state switch
    {
        "delivered" or "read" => true,
        "undelivered" or "failed" or "canceled" => false,
        _ => null,
    };

    /// <summary>
    /// Whether a text did not arrive for what is no fact about its number: a queue that is full, an account that is suspended, words that are filtered, a sender that is not
    /// registered. What is blocked for pumping (30450) is none of these: by another carrier it would cost the same.
    /// </summary>
    /// <param name="code">ErrorCode; 0 for none.</param>
    public static bool IsOwn(int code) => code is 30001 or 30002 or 30007 or 30032 or 30034;

    /// <summary>What a call's state tells; null for one that means nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="sip">SipResponseCode; nothing where there is none, null where it can't be known.</param>
    /// <param name="attempt">The call's attempt.</param>
    /// <param name="call">The call's SID.</param>
    public static CallEvent? OfCall(string state, string? sip, int attempt, string call)
    {
        var id = EventIds.Of($"{call}/status/{state}");
        return state switch
        {
            // That somebody answered, the call tells by asking what to do.
            "queued" or "initiated" or "ringing" or "in-progress" => new CallPlaced(id, attempt, call),
            "completed" or "canceled" => new CallEnded(id, attempt, call, null),
            "busy" => new CallEnded(id, attempt, call, Reason.Busy),
            // One that was declined, too.
            "no-answer" => new CallEnded(id, attempt, call, Reason.NoAnswer),
            "failed" => new CallEnded(id, attempt, call, WhyFailed(sip)),
            _ => null,
        };
    }

    // A call can fail for what is no fact about the number, such as its carrier's own trouble: the next may come through.
    private static Reason WhyFailed(string? sip) => sip switch
    {
        "486" or "600" => Reason.Busy,
        "408" or "480" or "487" => Reason.NoAnswer,
        "603" => Reason.Declined,
        null or ['5', _, _] => Reason.CarrierDown,
        _ => Reason.Undeliverable,
    };
}
