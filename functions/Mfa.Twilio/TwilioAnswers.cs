using Mfa.Core;
using Mfa.Web;

namespace Mfa.Twilio;

/// <summary>What Twilio's refusals mean. The code decides, and where there is none the status.</summary>
public static class TwilioAnswers
{
    /// <summary>How long its own news of a text or a call is waited for, before it is asked whether it has it.</summary>
    public static TimeSpan NewsWithin { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Nobody knows whether it was done: sending and calling are not idempotent (error 20500).</summary>
    public static CarrierAnswer Unknown() => CarrierAnswer.Unknown(NewsWithin);

    /// <summary>A request that was not done, or of which nobody knows.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Twilio's code; 0 for none.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    public static CarrierAnswer Of(int status, int code, TimeSpan? retryAfter = null) => (status, code) switch
    {
        // Never processed (429); and a sender whose queue is full (21611, and 30001 of a messaging service).
        (429, _) or (_, 20429 or 21611 or 30001) => CarrierAnswer.NotNow(retryAfter),
        _ when IsLockedOut(status, code) => CarrierAnswer.NotNow(),
        (408 or >= 500, _) => Unknown(),
        (_, 21610) => CarrierAnswer.No(Reason.OptedOut),
        // Invalid, no mobile number, a landline, no route.
        (_, 21211 or 21214 or 21217 or 21614 or 21635 or 21612) => CarrierAnswer.No(Reason.Undeliverable),
        // A country that is not enabled, a trial account, a sender that is not ours: the operator's to mend, and another carrier may do it.
        _ when status >= 400 => CarrierAnswer.NotHere(Reason.Undeliverable),
        _ => Unknown(),
    };

    /// <summary>Whether a refusal says that Twilio does not let us in: the operator has to mend it. A code beyond those of access (20000s) says something else.</summary>
    public static bool IsLockedOut(int status, int code) => status == 401 || code == 20003 || (status == 403 && code < 21_000);

    /// <summary>Whether a refusal says that a call is over already.</summary>
    public static bool IsOver(int status, int code) => status == 404 || code is 20404 or 21220;
}
