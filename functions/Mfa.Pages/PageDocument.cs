using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mfa.Pages;

/// <summary>Fills the one template of all pages in.</summary>
internal sealed partial class PageDocument(PageOptions options, Languages languages, string version, string template, string notice, string style)
{
    // What each page's first screen runs, so that it comes in one round trip.
    private static readonly Dictionary<Page, (string Title, string Script, string[] Modules)> s_scripts = new()
    {
        [Page.SetUp] = ("title-set-up", "set-up.js", ["base.js", "api.js", "proof.js", "methods.js"]),
        [Page.Settings] = ("title-settings", "settings.js", ["base.js", "api.js", "proof.js", "methods.js", "section.js", "activity.js", "kept.js", "once.js"]),
        [Page.SignIn] = ("title-sign-in", "sign-in.js", ["base.js", "api.js", "proof.js"]),
        [Page.Answer] = ("title-sign-in", "answer.js", ["base.js", "api.js"]),
        [Page.FirstStep] = ("title-sign-in", "first-step.js", ["base.js", "api.js"]),
    };

    /// <summary>The bytes of a page in a language.</summary>
    public byte[] Of(Page page, Language language)
    {
        var (title, script, modules) = s_scripts[page];
        var preload = modules.Append($"words.{language.Tag}.js").Select(m => $"""<link rel="modulepreload" href="{UserPages.Path}/{version}/{m}">""");
        var values = new Dictionary<string, string>
        {
            ["language"] = language.Tag,
            ["direction"] = language.Direction,
            ["title"] = Text(language.Text("pages", title)),
            ["company"] = Text(options.Company),
            ["logo"] = Logo,
            ["moment"] = Text(language.Text("pages", "one-moment")),
            ["no-script"] = Text(language.Text("pages", "no-script")),
            ["configuration"] = Text(Configuration()),
            ["path"] = $"{UserPages.Path}/{version}",
            ["style"] = style,
            ["preload"] = string.Join("\n  ", preload),
            ["script"] = script,
        };
        return Filled(template, values);
    }

    /// <summary>The bytes of a page that only says something.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="text">What it says.</param>
    /// <param name="details">What it says to those who have to mend it, a line each.</param>
    public byte[] Of(Language language, string title, string text, IEnumerable<string> details)
    {
        var items = string.Concat(details.Select(d => $"<li>{Text(d)}</li>"));
        return Filled(notice, new()
        {
            ["language"] = language.Tag,
            ["direction"] = language.Direction,
            ["title"] = Text(title),
            ["company"] = Text(options.Company),
            ["logo"] = Logo,
            ["style"] = style,
            ["text"] = Text(text),
            ["details"] = items.Length > 0 ? $"""<ul class="soft" lang="en" dir="ltr">{items}</ul>""" : "",
        });
    }

    // In one pass: what a company is called stands for nothing more.
    private static byte[] Filled(string template, Dictionary<string, string> values) =>
        Encoding.UTF8.GetBytes(Place().Replace(template, m => values[m.Groups[1].Value]));

    private string Logo => options.Look.Logo is { } logo ? $"""<img src="{Text(logo)}" alt="">""" : "";

    private string Configuration() => JsonSerializer.Serialize(
        new
        {
            options.Company,
            options.Authority,
            options.ClientId,
            options.Scope,
            options.ReturnOrigins,
            options.Support,
            Languages = languages.All.ToDictionary(l => l.Tag, l => new { l.Name, l.Direction }),
        },
        JsonSerializerOptions.Web);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Place();
}
