namespace Mfa.VirtualPhone;

/// <param name="ApplicationServerKey">Who alone may push: an uncompressed point of P-256, base64url; null for anybody.</param>
internal sealed record SubscribeRequest(string? ApplicationServerKey);

internal sealed record PushHabitRequest(PushHabit? Deliver);
