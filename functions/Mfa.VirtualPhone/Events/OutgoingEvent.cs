namespace Mfa.VirtualPhone;

/// <summary>An event that is due to its receiver: a call event (a CloudEvent) or a text event (Event Grid's schema).</summary>
internal sealed record OutgoingEvent(Uri To, byte[] Body, bool OfCall);
