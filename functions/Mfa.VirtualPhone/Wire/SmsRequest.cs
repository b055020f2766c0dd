namespace Mfa.VirtualPhone;

internal sealed record SmsRequest(string? From, IReadOnlyList<WireRecipient?>? SmsRecipients, string? Message, WireSmsOptions? SmsSendOptions);

internal sealed record WireRecipient(string? To, string? RepeatabilityRequestId, string? RepeatabilityFirstSent);

internal sealed record WireSmsOptions(bool? EnableDeliveryReport, string? Tag);

/// <summary>What became of one recipient of a text.</summary>
internal sealed record SmsItem(string? To, string? MessageId, int HttpStatusCode, string? RepeatabilityResult, bool Successful, string? ErrorMessage)
{
    public static SmsItem Accepted(PhoneNumber to, string messageId) => new(to.Value, messageId, 202, "accepted", true, null);

    public static SmsItem Refused(string? to, string why) => new(to, null, 400, "rejected", false, why);
}
