using System.Text;
using System.Text.Json.Nodes;

namespace Mfa.Pages.Tests;

/// <summary>A language that is written from right to left: English, in Hebrew letters. Nobody speaks it; all that is shown is in its place.</summary>
internal static class Mirror
{
    public const string Tag = "he";

    private const string Letters = "אבגדהוזחטיכלמנסעפצקרשת";

    /// <summary>It, beside those that there are.</summary>
    public static Languages All { get; } = new(Languages.ShippedTexts().Append(new(Tag, Text())));

    /// <summary>What somebody else named, as a page has it in a sentence.</summary>
    public static string Named(string value) => $"\u2068{value}\u2069";

    private static string Text()
    {
        var sections = JsonNode.Parse(Languages.ShippedTexts().Single(t => t.Key == "en").Value)!.AsObject();
        foreach (var (name, section) in sections)
        {
            foreach (var (key, text) in section!.AsObject().ToList())
            {
                section[key] = (name, key) switch
                {
                    ("language", "direction") => "rtl",
                    ("language", "locale") => "he-IL",
                    ("language", "name") => "עברית",
                    ("language", _) => text!.ToString(),
                    _ => Mirrored(text!.ToString()),
                };
            }
        }

        return sections.ToJsonString();
    }

    private static string Mirrored(string text)
    {
        var (mirrored, isFact) = (new StringBuilder(), false);
        foreach (var c in text)
        {
            isFact = c == '{' || (isFact && c != '}');
            mirrored.Append(!isFact && char.IsAsciiLetter(c) ? Letters[(char.ToLowerInvariant(c) - 'a') % Letters.Length] : c);
        }

        return mirrored.ToString();
    }
}
