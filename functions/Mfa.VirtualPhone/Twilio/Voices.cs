namespace Mfa.VirtualPhone;

/// <summary>What the voices of Say speak.</summary>
internal static class Voices
{
    /// <summary>Voices of Polly, whose names don't say it. There are more than these.</summary>
    private static readonly Dictionary<string, string> Polly = new()
    {
        ["Joanna"] = "en-US",
        ["Matthew"] = "en-US",
        ["Ruth"] = "en-US",
        ["Amy"] = "en-GB",
        ["Brian"] = "en-GB",
        ["Olivia"] = "en-AU",
        ["Laura"] = "nl-NL",
        ["Lotte"] = "nl-NL",
        ["Ruben"] = "nl-NL",
        ["Lisa"] = "nl-BE",
        ["Vicki"] = "de-DE",
        ["Daniel"] = "de-DE",
        ["Lea"] = "fr-FR",
        ["Lucia"] = "es-ES",
        ["Bianca"] = "it-IT",
    };

    /// <summary>As BCP 47 names it; null where that is not known.</summary>
    public static string? LanguageOf(string? voice) => voice?.Split('.') switch
    {
        ["Google", var name] when name.Split('-') is [var language, var region, _, ..] => $"{language}-{region}",
        ["Polly", var name] => Polly.GetValueOrDefault(name.Split('-')[0]),
        _ => null,
    };
}
