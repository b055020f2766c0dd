namespace Mfa.Twilio;

/// <summary>The voices that speak in calls. A language that has none here is spoken by Twilio's own choice for it.</summary>
public static class TwilioVoices
{
    /// <summary>The voice of a language, as BCP 47 with a region; null for Twilio's own choice. Source: twilio.com/docs/voice/twiml/say/text-speech.</summary>
    public static string? Of(string locale) => locale switch
    {
        "en-US" => "Polly.Joanna-Neural",
        "nl-NL" => "Google.nl-NL-Wavenet-F",
        _ => null,
    };
}
