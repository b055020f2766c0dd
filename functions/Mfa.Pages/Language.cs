using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mfa.Pages;

/// <summary>One language: all that anybody is shown, told or sent, by section and key.</summary>
public sealed partial class Language
{
    // As people write: the script is sent as UTF-8, and is no part of a page's HTML.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, Dictionary<string, string>> _sections;

    internal Language(string tag, Dictionary<string, Dictionary<string, string>> sections) => (Tag, _sections) = (tag, sections);

    /// <summary>Its tag (RFC 5646): <c>nl</c>.</summary>
    public string Tag { get; }

    /// <summary>Its name in itself: <c>Nederlands</c>.</summary>
    public string Name => Text("language", "name");

    /// <summary>It with a region, as carriers speak it: <c>nl-NL</c>.</summary>
    public string Locale => Text("language", "locale");

    /// <summary>Where its lines begin, as HTML's <c>dir</c>: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => Text("language", "direction");

    /// <summary>The names of its sections.</summary>
    public IReadOnlyCollection<string> Sections => _sections.Keys;

    /// <summary>The texts of a section by key; <c>{name}</c> in them stands for a fact.</summary>
    /// <exception cref="KeyNotFoundException">There is no such section.</exception>
    public IReadOnlyDictionary<string, string> Section(string section) =>
        _sections.GetValueOrDefault(section) ?? throw new KeyNotFoundException($"{Tag} has no section {section}.");

    /// <summary>A text with its facts.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="key">Its key there.</param>
    /// <param name="facts">What stands where the text says <c>{name}</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such text, or it needs another fact: tests hold that there is none of either.</exception>
    public string Text(string section, string key, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var text = Section(section).GetValueOrDefault(key) ?? throw new KeyNotFoundException($"{Tag} has no text {section}: {key}.");
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var values = facts.ToArray();
        // In one pass: what a fact has in it stands for nothing more.
        return Fact().Replace(text, m => values.FirstOrDefault(f => f.Name == m.Groups[1].Value).Value ?? throw new KeyNotFoundException($"{section}: {key} needs {m.Value}."));
    }

    /// <summary>The names of the facts that a text needs.</summary>
    public static IReadOnlySet<string> Facts(string text) => Fact().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();

    /// <summary>A section as an ES module: <c>export default {…};</c> in UTF-8.</summary>
    public byte[] Module(string section) => Export(Section(section));

    internal static byte[] Export<T>(T value) => Encoding.UTF8.GetBytes($"export default {JsonSerializer.Serialize(value, s_readable)};\n");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Fact();
}
