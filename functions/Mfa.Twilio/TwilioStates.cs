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

    /// <summary>What a call's state tells; null for one that means nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="sip">SipResponseCode, where there is one.</param>
    /// <param name="attempt">The call's attempt.</param>
    /// <param name="call">The call's SID.</param>
    public static CallEvent? OfCall(string state, string sip, int attempt, string call)
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

    // A call can fail for what is no fact about the number, such as its carrier's own trouble.
    private static Reason? WhyFailed(string sip) => sip switch
    {
        "486" or "600" => Reason.Busy,
        "408" or "480" or "487" => Reason.NoAnswer,
        "603" => Reason.Declined,
        ['5', _, _] => null,
        _ => Reason.Undeliverable,
    };
}
