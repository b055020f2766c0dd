namespace Mfa.VirtualPhone;

/// <summary>A message on its way to a user agent.</summary>
/// <param name="Topic">Of two with the same, only the later is delivered; null for none.</param>
/// <param name="Headers">Those of the request that are the message's: TTL, Urgency, Topic, Content-Encoding, and Authorization, for a test to look at.</param>
/// <param name="Body">As it came, sealed: base64url.</param>
internal sealed record PushMessage(string Id, string? Topic, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At, DateTimeOffset Until);
