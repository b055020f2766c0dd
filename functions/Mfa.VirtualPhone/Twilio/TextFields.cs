using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>The fields of what Twilio posts about texts.</summary>
internal static class TextFields
{
    public static IReadOnlyList<KeyValuePair<string, string>> Status(TwilioText text, string status, string account)
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("SmsSid", text.Sid),
            new("SmsStatus", status),
            new("MessageStatus", status),
            new("To", text.Order.To.Value),
            new("MessageSid", text.Sid),
            new("AccountSid", account),
            new("From", text.Order.From),
            new("ApiVersion", "2010-04-01"),
        };
        if (text.Order.Service is { } service) { fields.Add(new("MessagingServiceSid", service)); }
        if (status == "undelivered") { fields.Add(new("ErrorCode", $"{text.ErrorCode}")); }
        if (status is "delivered" or "undelivered") { fields.Add(new("RawDlrDoneDate", text.Updated.ToString("yyMMddHHmm", CultureInfo.InvariantCulture))); }
        return fields;
    }

    public static IReadOnlyList<KeyValuePair<string, string>> Received(TwilioText text, string account)
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("SmsMessageSid", text.Sid),
            new("NumMedia", "0"),
            new("SmsSid", text.Sid),
            new("SmsStatus", "received"),
            new("Body", text.Order.Body),
            new("To", text.Order.To.Value),
            new("NumSegments", $"{Segments.Of(text.Order.Body)}"),
            new("MessageSid", text.Sid),
            new("AccountSid", account),
            new("From", text.Order.From),
            new("ApiVersion", "2010-04-01"),
        };
        // What a message came with that a text has not: empty, and signed with the rest.
        fields.AddRange([new("FromCity", ""), new("FromState", ""), new("FromZip", ""), new("FromCountry", "")]);
        if (text.Order.Service is { } service) { fields.Add(new("MessagingServiceSid", service)); }
        return fields;
    }
}
