using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>Why a call is not placed, or not changed, with Twilio's codes.</summary>
internal static class CallRefusals
{
    private const int LongestTwiml = 4000;
    private static readonly string[] Events = ["initiated", "ringing", "answered", "completed"];

    /// <summary>Reads the request; null, and the refusal, where it is not to be done whoever it goes to.</summary>
    public static TwilioCallOrder? Read(TwilioForm form, VirtualPhoneOptions options, out IResult refusal)
    {
        var (to, from) = (form["To"], form["From"]);
        var number = PhoneNumber.TryParse(to, out var parsed) ? parsed : null;
        var instructions = ReadInstructions(form, out var wrong);
        var callback = WebhookAddress.Of(form["StatusCallback"]);
        var method = Twiml.MethodOf(form["StatusCallbackMethod"]);
        var asked = form.All("StatusCallbackEvent").SelectMany(events => events.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        var fault = to is null ? (21201, "No 'To' number is specified")
            : from is null ? (21213, "'From' phone number is required")
            : number is null ? (21211, $"The phone number you are attempting to call, {to}, is not valid.")
            : !PhoneNumber.TryParse(from, out _) ? (21212, $"Invalid 'From' Phone Number: {from}")
            : !options.TwilioNumbers.Contains(from)
                ? (21210, $"The source phone number provided, {from}, is not yet verified for your account.")
            : wrong is not null ? wrong
            : form["StatusCallback"] is { } url && callback is null ? (21609, $"Invalid StatusCallback: {url}")
            : method is null ? (20001, "StatusCallbackMethod must be GET or POST.")
            : asked.FirstOrDefault(one => !Events.Contains(one)) is { } strange ? (21626, $"Invalid StatusCallbackEvent: {strange}")
            : form["SendDigits"] is { } digits && !Tones.AreSendable(digits) ? (21403, $"Invalid SendDigits: {digits}")
            : OfMagic(number.Value);
        refusal = fault is var (code, message) ? TwilioError.Bad(code, message) : Results.Empty;
        return fault is not null ? null : new(
            from!, number!, instructions!, callback, method!, asked.Count > 0 ? asked : ["completed"],
            Seconds(form["Timeout"]) ?? TimeSpan.FromSeconds(60), Seconds(form["TimeLimit"]), form["SendDigits"] ?? "");
    }

    /// <summary>What the call is to do; null, perhaps with what is wrong, where it doesn't say.</summary>
    public static Instructions? ReadInstructions(TwilioForm form, out (int Code, string Message)? wrong)
    {
        var url = WebhookAddress.Of(form["Url"]);
        var fallback = WebhookAddress.Of(form["FallbackUrl"]);
        var method = Twiml.MethodOf(form["Method"]);
        wrong = form["Twiml"] is { Length: > LongestTwiml } ? (21205, $"Twiml is longer than {LongestTwiml} characters.")
            : form["Twiml"] is null && url is null ? (21205, $"Url is not a valid URL: {form["Url"]}")
            : form["FallbackUrl"] is { } given && fallback is null ? (21205, $"FallbackUrl is not a valid URL: {given}")
            : method is null ? (20001, "Method must be GET or POST.")
            : null;
        return wrong is null ? new(form["Twiml"], url, method!, fallback) : null;
    }

    public static IResult NotInProgress() => TwilioError.Bad(21220, "Call is not in-progress. Cannot redirect.");

    private static TimeSpan? Seconds(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The numbers that Twilio keeps for tests of these failures.</summary>
    private static (int Code, string Message)? OfMagic(string to) => to switch
    {
        "+15005550001" => (21217, "Phone number does not appear to be valid."),
        "+15005550002" => (21214, "'To' phone number cannot be reached."),
        "+15005550003" => (21215, $"Account not authorized to call {to}. Perhaps you need to enable some international permissions."),
        "+15005550004" => (21216, $"Account not allowed to call {to}."),
        _ => null,
    };
}
