using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a carrier made of a request.</summary>
/// <param name="Receipt">The carrier's id of a text or a call that was taken.</param>
/// <param name="Failure">Why it did not work; null when it did.</param>
public sealed record CarrierAnswer(string? Receipt, CarrierFailure? Failure)
{
    /// <summary>Of a text or a call that was taken: after how long without news the carrier is to be asked what became of it; null where its news always comes.</summary>
    public TimeSpan? LookAfter { get; init; }

    /// <summary>Of something in a call: whether it was not done, because the call is over.</summary>
    public bool IsOver { get; init; }

    /// <summary>Of last words: whether the call ends after them by itself.</summary>
    public bool EndsCall { get; init; }

    /// <summary>Of a look: what the carrier would have told by itself; null where that is not decided.</summary>
    public CarrierEvent? Found { get; init; }

    /// <summary>It is done.</summary>
    public static CarrierAnswer Done(string? receipt = null) => new(receipt, null);

    /// <summary>The call that was spoken to is over: nothing is left to do, and the carrier may tell of its end to nobody.</summary>
    public static CarrierAnswer Over() => new(null, null) { IsOver = true };

    /// <summary>The carrier says no, and will say so again.</summary>
    public static CarrierAnswer No(Reason reason) => new(null, new(reason, Transient: false, Refused: true, null, Own: false));

    /// <summary>The same for a reason that is no fact about the number: another carrier may do it.</summary>
    public static CarrierAnswer NotHere(Reason reason) => new(null, new(reason, Transient: false, Refused: true, null, Own: true));

    /// <summary>The carrier did not take it this time; nothing was sent.</summary>
    public static CarrierAnswer NotNow(TimeSpan? retryAfter = null) => new(null, new(Reason.CarrierDown, Transient: true, Refused: true, retryAfter, Own: true));

    /// <summary>Nobody knows whether the carrier took it: the connection broke, or the answer did not come in time.</summary>
    /// <param name="retryAfter">How long its news is waited for before it is asked again.</param>
    public static CarrierAnswer Unknown(TimeSpan? retryAfter = null) => new(null, new(Reason.CarrierDown, Transient: true, Refused: false, retryAfter, Own: false));

    /// <summary>A request that got no whole answer. Where no connection came about, nothing was sent.</summary>
    /// <param name="fault">What befell it.</param>
    /// <param name="retryAfter">As of <see cref="Unknown"/>.</param>
    public static CarrierAnswer Of(HttpRequestException fault, TimeSpan? retryAfter = null) => fault.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => NotNow(),
        _ => Unknown(retryAfter),
    };
}

/// <summary>Why a carrier did not do it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Transient">It may be tried again.</param>
/// <param name="Refused">It is known that nothing was done.</param>
/// <param name="RetryAfter">What the carrier asked for.</param>
/// <param name="Own">The reason is the carrier's own: another may do it.</param>
public sealed record CarrierFailure(Reason Reason, bool Transient, bool Refused, TimeSpan? RetryAfter, bool Own);
