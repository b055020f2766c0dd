using System.Xml;
using System.Xml.Linq;

namespace Mfa.VirtualPhone;

/// <summary>What is said on a call: the words, or the file that holds them.</summary>
/// <param name="Fault">Why it can't be played.</param>
internal sealed record Prompt(string Words, ResultInformation? Fault)
{
    /// <summary>Null where the source is none that ACS knows.</summary>
    public static Prompt? Of(WireSource? source) => source switch
    {
        { Kind: "text", Text.Text: { } text } => Spoken(text),
        { Kind: "ssml", Ssml.SsmlText: { } ssml } => Spoken(WordsOf(ssml)),
        { Kind: "file", File.Uri: { } uri } => new(uri, OptionsCheck.WebAddress(uri) is null ? ResultInformation.DownloadFailed : null),
        _ => null,
    };

    private static Prompt Spoken(string text) =>
        string.IsNullOrWhiteSpace(text) ? new("", ResultInformation.EmptyText) : new(text.Trim(), null);

    private static string WordsOf(string ssml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return string.Join(' ', XElement.Load(reader).DescendantNodes().OfType<XText>().Select(text => text.Value.Trim()).Where(text => text.Length > 0));
        }
        catch (XmlException)
        {
            return "";
        }
    }
}
