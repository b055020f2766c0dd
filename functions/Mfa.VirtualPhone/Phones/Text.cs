namespace Mfa.VirtualPhone;

/// <summary>A text that arrived at a phone.</summary>
internal sealed record Text(string Id, string From, string Body, DateTimeOffset At, Wire Wire);

/// <summary>A text that was sent from a phone.</summary>
internal sealed record SentText(string Id, string To, string Body, DateTimeOffset At, Wire Wire);
