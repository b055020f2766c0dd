namespace Mfa.VirtualPhone;

/// <summary>The fields of what Twilio posts about calls.</summary>
internal static class CallFields
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(TwilioCall call, string status, string account) =>
    [
        new("Called", call.Order.To.Value),
        new("ToState", ""),
        new("CallerCountry", ""),
        new("Direction", "outbound-api"),
        new("CallSid", call.Id),
        new("To", call.Order.To.Value),
        new("ApiVersion", "2010-04-01"),
        new("CallStatus", status),
        new("From", call.Order.From),
        new("Caller", call.Order.From),
        new("AccountSid", account),
    ];

    /// <param name="sipCode">Of a call that is over.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Progress(TwilioCall call, string status, int? sipCode, int sequence, DateTimeOffset now, string account)
    {
        var fields = Of(call, status, account).ToList();
        fields.AddRange([new("Timestamp", TwilioDate.Write(now)!), new("CallbackSource", "call-progress-events"), new("SequenceNumber", $"{sequence}")]);
        if (sipCode is null) { return fields; }
        var minutes = (call.Duration + 59) / 60;
        fields.AddRange([new("CallDuration", $"{call.Duration}"), new("Duration", $"{minutes}"), new("SipResponseCode", $"{sipCode}")]);
        return fields;
    }
}
