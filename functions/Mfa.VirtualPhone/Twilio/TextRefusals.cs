namespace Mfa.VirtualPhone;

/// <summary>Why a text is not taken, with Twilio's codes.</summary>
internal static class TextRefusals
{
    public const int LongestBody = 1600;

    /// <summary>Reads the request; null, and the refusal, where it is not to be done whoever it goes to.</summary>
    public static TextOrder? Read(TwilioForm form, VirtualPhoneOptions options, out IResult refusal)
    {
        var (to, from, service) = (form["To"], form["From"], form["MessagingServiceSid"]);
        var number = PhoneNumber.TryParse(to, out var parsed) ? parsed : null;
        var callback = WebhookAddress.Of(form["StatusCallback"]);
        var fault = to is null ? (21604, "A 'To' phone number is required.")
            : from is null && service is null ? (21603, "A 'From' phone number is required.")
            : form["Body"] is not { } body ? (21602, "Message body is required.")
            : body.Length > LongestBody ? (21617, "The concatenated message body exceeds the 1600 character limit")
            : number is null ? (21211, $"Invalid 'To' Phone Number: {to}")
            : service is not null && service != options.TwilioMessagingService ? (21701, "The Messaging Service does not exist.")
            : from is not null && !PhoneNumber.TryParse(from, out _) ? (21212, $"Invalid 'From' Phone Number: {from}")
            : from is not null && !options.TwilioNumbers.Contains(from)
                ? (21606, $"The 'From' phone number provided ({from}) is not a valid message-capable Twilio phone number for this destination.")
            : form["StatusCallback"] is { } url && callback is null ? (21609, $"Invalid StatusCallback: {url}")
            : OfMagic(number.Value);
        refusal = fault is var (code, message) ? TwilioError.Bad(code, message) : Results.Empty;
        return fault is null ? new(from ?? options.TwilioNumbers[0], number!, form["Body"]!, service, callback) : null;
    }

    public static IResult NoRoute() => TwilioError.Bad(21612, "The 'To' phone number is not currently reachable using the 'From' phone number.");

    public static IResult OptedOut() => TwilioError.Bad(21610, "Attempt to send to unsubscribed recipient");

    /// <summary>The numbers that Twilio keeps for tests of these failures.</summary>
    private static (int Code, string Message)? OfMagic(string to) => to switch
    {
        "+15005550001" => (21211, $"Invalid 'To' Phone Number: {to}"),
        "+15005550002" => (21612, "The 'To' phone number is not currently reachable using the 'From' phone number."),
        "+15005550003" => (21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number."),
        "+15005550004" => (21610, "Attempt to send to unsubscribed recipient"),
        "+15005550009" => (21614, "'To' number is not a valid mobile number."),
        _ => null,
    };
}
