using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a carrier made of a request.</summary>
/// <param name="Receipt">A call's id, of a call that was placed.</param>
/// <param name="Failure">Why it did not work; null when it did.</param>
public sealed record CarrierAnswer(string? Receipt, CarrierFailure? Failure)
{
    /// <summary>It is done.</summary>
    public static CarrierAnswer Done(string? receipt = null) => new(receipt, null);

    /// <summary>The carrier says no, and will say so again.</summary>
    public static CarrierAnswer No(Reason reason) => new(null, new(reason, Transient: false, Refused: true, null));

    /// <summary>The carrier did not take it this time; nothing was sent.</summary>
    public static CarrierAnswer NotNow(TimeSpan? retryAfter = null) => new(null, new(Reason.CarrierDown, Transient: true, Refused: true, retryAfter));

    /// <summary>Nobody knows whether the carrier took it: the connection broke, or the answer did not come in time.</summary>
    public static CarrierAnswer Unknown() => new(null, new(Reason.CarrierDown, Transient: true, Refused: false, null));
}

/// <summary>Why a carrier did not do it.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Transient">It may be tried again.</param>
/// <param name="Refused">It is known that nothing was done.</param>
/// <param name="RetryAfter">What the carrier asked for.</param>
public sealed record CarrierFailure(Reason Reason, bool Transient, bool Refused, TimeSpan? RetryAfter);
