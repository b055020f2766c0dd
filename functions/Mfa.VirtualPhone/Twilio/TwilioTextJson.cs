namespace Mfa.VirtualPhone;

/// <summary>A text as Twilio's REST surface shows it.</summary>
internal static class TwilioTextJson
{
    public static object Of(TwilioText text, string account)
    {
        var uri = $"/2010-04-01/Accounts/{account}/Messages/{text.Sid}";
        return new
        {
            text.Sid,
            AccountSid = account,
            ApiVersion = "2010-04-01",
            text.Order.Body,
            DateCreated = TwilioDate.Write(text.Created),
            DateUpdated = TwilioDate.Write(text.Updated),
            DateSent = TwilioDate.Write(text.IsInbound ? text.Created : text.Sent),
            Direction = text.IsInbound ? "inbound" : "outbound-api",
            text.ErrorCode,
            ErrorMessage = (string?)null,
            From = text.Status == "accepted" ? null : text.Order.From,
            To = text.Order.To.Value,
            MessagingServiceSid = text.Order.Service,
            NumMedia = "0",
            NumSegments = $"{Segments.Of(text.Order.Body)}",
            Price = (string?)null,
            PriceUnit = "USD",
            text.Status,
            SubresourceUris = new { Media = $"{uri}/Media.json" },
            Uri = $"{uri}.json",
        };
    }
}
