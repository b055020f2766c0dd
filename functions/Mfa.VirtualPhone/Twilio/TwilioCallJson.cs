namespace Mfa.VirtualPhone;

/// <summary>A call as Twilio's REST surface shows it.</summary>
internal static class TwilioCallJson
{
    public static object Of(TwilioCall call, VirtualPhoneOptions options)
    {
        var uri = $"/2010-04-01/Accounts/{options.TwilioAccountSid}/Calls/{call.Id}";
        return new
        {
            Sid = call.Id,
            AccountSid = options.TwilioAccountSid,
            ApiVersion = "2010-04-01",
            Annotation = (string?)null,
            AnsweredBy = (string?)null,
            CallerName = (string?)null,
            DateCreated = TwilioDate.Write(call.Created),
            DateUpdated = TwilioDate.Write(call.Ended ?? call.Answered ?? call.Started ?? call.Created),
            Direction = "outbound-api",
            Duration = call.Ended is null ? null : $"{call.Duration}",
            StartTime = TwilioDate.Write(call.Started),
            EndTime = TwilioDate.Write(call.Ended),
            ForwardedFrom = (string?)null,
            call.Order.From,
            FromFormatted = call.Order.From,
            GroupSid = (string?)null,
            ParentCallSid = (string?)null,
            PhoneNumberSid = (string?)null,
            Price = (string?)null,
            PriceUnit = "USD",
            QueueTime = $"{(int)options.TwilioQueueFor.TotalMilliseconds}",
            call.Status,
            To = call.Order.To.Value,
            ToFormatted = call.Order.To.Value,
            TrunkSid = (string?)null,
            Uri = $"{uri}.json",
            SubresourceUris = new { Events = $"{uri}/Events.json" },
        };
    }
}
