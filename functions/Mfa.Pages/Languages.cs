using System.Text.Json;

namespace Mfa.Pages;

/// <summary>The languages that there are: one file each. Another file is another language.</summary>
public sealed class Languages
{
    private const string Prefix = "languages/";
    private const string Last = "en";

    // A key that stands there twice would have two meanings.
    private static readonly JsonSerializerOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, Language> _byTag;

    /// <param name="texts">By language tag (RFC 5646), as the file is named, its content. English is among them.</param>
    /// <exception cref="JsonException">A text is not of the form <c>{section: {key: text}}</c>.</exception>
    public Languages(IEnumerable<KeyValuePair<string, string>> texts)
    {
        _byTag = texts.ToDictionary(t => t.Key, t => new Language(t.Key, Read(t.Value)), StringComparer.OrdinalIgnoreCase);
        All = [.. _byTag.Values.OrderBy(l => l.Tag, StringComparer.Ordinal)];
        English = _byTag[Last];
    }

    /// <summary>The languages of this assembly.</summary>
    public static Languages Shipped { get; } = new(ShippedTexts());

    /// <summary>All of them, by tag.</summary>
    public IReadOnlyList<Language> All { get; }

    /// <summary>For whoever asks for none that there is.</summary>
    public Language English { get; }

    /// <summary>The language of a tag such as <c>nl</c>, exactly; null where there is none.</summary>
    public Language? Find(string tag) => _byTag.GetValueOrDefault(tag);

    /// <summary>The first language that there is of a culture's, by lookup (RFC 4647 section 3.4); else English.</summary>
    /// <param name="cultures">The names of cultures, the one that is liked best first: <c>nl-BE</c>, then <c>fr</c>.</param>
    public Language Best(params IEnumerable<string?> cultures)
    {
        foreach (var culture in cultures)
        {
            for (var tag = culture; !string.IsNullOrEmpty(tag); tag = tag.LastIndexOf('-') is > 0 and var dash ? tag[..dash] : null)
            {
                if (Find(tag) is { } language)
                {
                    return language;
                }
            }
        }

        return English;
    }

    /// <summary>The list of them as an ES module, for a page that lets a user choose: <c>export default [{tag, name, direction}, …];</c> in UTF-8.</summary>
    public byte[] Module() => Language.Export(All.Select(l => new Dictionary<string, string> { ["tag"] = l.Tag, ["name"] = l.Name, ["direction"] = l.Direction }));

    /// <summary>The files of this assembly: by tag, the content.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ShippedTexts()
    {
        var assembly = typeof(Languages).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(System.IO.Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
        }
    }

    private static Dictionary<string, Dictionary<string, string>> Read(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(text, s_strict)!;
}
