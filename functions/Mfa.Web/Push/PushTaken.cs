namespace Mfa.Web;

/// <summary>What became of a subscription that a device gave.</summary>
/// <param name="Subscription">The subscription, to be kept; null where it is refused.</param>
/// <param name="Fault">Why it is refused, as a sentence without the value; null where it isn't.</param>
public sealed record PushTaken(PushSubscription? Subscription, string? Fault);
