using System.Xml;
using System.Xml.Linq;

namespace Mfa.VirtualPhone;

/// <summary>What is said on a call: the words, or the file that holds them.</summary>
/// <param name="Language">What the words are in, as BCP 47 names it; null where the source doesn't say.</param>
/// <param name="Fault">Why it can't be played.</param>
internal sealed record Prompt(string Words, string? Language, ResultInformation? Fault)
{
    /// <summary>Null where the source is none that ACS knows.</summary>
    public static Prompt? Of(WireSource? source) => source switch
    {
        { Kind: "text", Text: { Text: { } text } wire } => Spoken(text, wire.SourceLocale ?? LanguageOf(wire.VoiceName)),
        { Kind: "ssml", Ssml.SsmlText: { } ssml } => Read(ssml),
        { Kind: "file", File.Uri: { } uri } => new(uri, null, OptionsCheck.WebAddress(uri) is null ? ResultInformation.DownloadFailed : null),
        _ => null,
    };

    private static Prompt Spoken(string text, string? language) =>
        string.IsNullOrWhiteSpace(text) ? new("", null, ResultInformation.EmptyText) : new(text.Trim(), language, null);

    // As in nl-NL-FennaNeural.
    private static string? LanguageOf(string? voice) => voice?.Split('-') is [var language, var region, _, ..] ? $"{language}-{region}" : null;

    private static Prompt Read(string ssml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var speak = XElement.Load(reader);
            var words = string.Join(' ', speak.DescendantNodes().OfType<XText>().Select(text => text.Value.Trim()).Where(text => text.Length > 0));
            return Spoken(words, speak.Attribute(XNamespace.Xml + "lang")?.Value);
        }
        catch (XmlException)
        {
            return Spoken("", null);
        }
    }
}
