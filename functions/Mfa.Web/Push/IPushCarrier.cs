namespace Mfa.Web;

/// <summary>
/// Who wakes devices. A wake-up carries nothing of anybody, and may be lost: the device looks by itself when it is opened. Every answer is
/// a value, as <see cref="ICarrier"/>'s are.
/// </summary>
public interface IPushCarrier
{
    /// <summary>The key by which a browser subscribes (<c>applicationServerKey</c>): base64url; null where nobody is woken.</summary>
    string? PublicKey { get; }

    /// <summary>
    /// Hands a wake-up to the push service. A subscription that is no more is refused with <see cref="Core.Reason.SubscriptionGone"/>:
    /// forget it then. Nothing is repeated here.
    /// </summary>
    Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel);
}
