namespace Mfa.Web.Acs;

/// <summary>The voices that speak in calls. A language that has none here is spoken by the carrier's own choice.</summary>
public static class AcsVoices
{
    /// <summary>The voice of a language, as BCP 47 with a region; null for the carrier's own choice.</summary>
    public static string? Of(string locale) => locale switch
    {
        "en-US" => "en-US-JennyNeural",
        "nl-NL" => "nl-NL-FennaNeural",
        _ => null,
    };
}
