namespace Mfa.VirtualPhone;

/// <summary>Event Grid's events of texts, in its own schema: an array of one, numbers without plus.</summary>
internal static class TextEvent
{
    public static byte[] Received(string resource, PhoneNumber from, PhoneNumber to, SentText text) =>
        Write(resource, "Microsoft.Communication.SMSReceived", to.Digits, text.At, new
        {
            messageId = text.Id,
            from = from.Digits,
            to = to.Digits,
            message = text.Body,
            receivedTimestamp = text.At,
            segmentCount = Segments.Of(text.Body),
        });

    public static byte[] Report(string resource, PhoneNumber to, Text text, string? tag, bool arrived, DateTimeOffset now) =>
        Write(resource, "Microsoft.Communication.SMSDeliveryReportReceived", to.Digits, now, new
        {
            messageId = text.Id,
            from = text.From.TrimStart('+'),
            to = to.Digits,
            deliveryStatus = arrived ? "Delivered" : "Failed",
            deliveryStatusDetails = arrived ? "No error." : "Undeliverable.",
            receivedTimestamp = text.At,
            deliveryAttempts = new[]
            {
                new { timestamp = now, segmentsSucceeded = arrived ? Segments.Of(text.Body) : 0, segmentsFailed = arrived ? 0 : Segments.Of(text.Body) },
            },
            tag,
        });

    private static byte[] Write<T>(string resource, string type, string number, DateTimeOffset at, T data) => WireJson.Write(new[]
    {
        new
        {
            id = Guid.NewGuid().ToString(),
            topic = $"/subscriptions/{Guid.Empty}/resourceGroups/laptop/providers/Microsoft.Communication/communicationServices/{resource}",
            subject = $"/phonenumber/{number}",
            eventType = type,
            dataVersion = "1.0",
            metadataVersion = "1",
            eventTime = at,
            data,
        },
    });
}
