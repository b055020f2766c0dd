using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mfa.Pages;

/// <summary>The pages for users: set-up, settings and sign-in. Each is a small document in the browser's language; scripts, styles and words stand below an address that changes with them.</summary>
public sealed class UserPages
{
    /// <summary>Where what the pages are made of is.</summary>
    public const string Path = "/pages";

    // A browser that reads texts may fill their codes in (WebOTP).
    private const string Permissions = "camera=(), microphone=(), geolocation=(), otp-credentials=(self)";

    private readonly Languages _languages;
    private readonly Dictionary<string, PageFile> _files;
    private readonly Dictionary<(Page, string), PageFile> _documents;
    private readonly string _policy;

    /// <param name="options">What the company set.</param>
    /// <param name="languages">The languages that there are.</param>
    public UserPages(PageOptions options, Languages languages)
    {
        _languages = languages;
        var contents = PageFile.Folder("pages");
        var template = Encoding.UTF8.GetString(contents["page.html"]);
        contents.Remove("page.html");
        // In the document itself: nothing is painted before the style is there.
        var style = string.Concat(Encoding.UTF8.GetString(contents["family.css"]), Encoding.UTF8.GetString(contents["pages.css"]), options.Look.Css)
            // As the browser has it, which makes its hash of that (HTML, section 13.2.3.5).
            .ReplaceLineEndings("\n");
        contents.Remove("family.css");
        contents.Remove("pages.css");
        foreach (var language in languages.All)
        {
            contents[$"words.{language.Tag}.js"] = language.Module("pages");
        }

        Version = PageFile.Version(contents);
        _files = contents.ToDictionary(c => c.Key, c => new PageFile(c.Key, c.Value), StringComparer.Ordinal);
        var document = new PageDocument(options, languages, Version, template, style);
        _documents = (from page in Enum.GetValues<Page>() from language in languages.All select (page, language))
            .ToDictionary(d => (d.page, d.language.Tag), d => new PageFile("page.html", document.Of(d.page, d.language)));
        _policy = $"default-src 'none'; script-src 'self'; style-src '{Hash(style)}'; img-src 'self' data:; "
            + $"connect-src {string.Join(' ', options.ConnectOrigins.Prepend("'self'"))}; frame-ancestors {(options.FrameOrigins.Count == 0 ? "'none'" : string.Join(' ', options.FrameOrigins))}; "
            + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    // This style, and no other (CSP level 3, section 2.3.1).
    private static string Hash(string style) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

    /// <summary>What all files are named by together: another file, another version.</summary>
    public string Version { get; }

    /// <summary>The names of what the pages are made of, below <see cref="Path"/> and the version.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>Answers a page, in the language that the browser likes best.</summary>
    public IResult Answer(Page page, HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        PageFile.Secure(headers, _policy, Permissions);
        headers.Vary = "Accept-Language";
        // Asked for each time, and answered 304.
        headers.CacheControl = "no-cache";
        return _documents[(page, _languages.Best(AcceptLanguage.Of(request)).Tag)].Answer(request);
    }

    /// <summary>Answers what a page is made of, or 404.</summary>
    /// <param name="version">The version that was asked for.</param>
    /// <param name="name">The file.</param>
    /// <param name="request">The request.</param>
    public IResult Answer(string version, string name, HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        PageFile.Secure(headers, _policy, Permissions);
        if (!_files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        // While a deployment is under way, a page of one instance may ask another: what that has serves, and is not kept.
        headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-store";
        return file.Answer(request);
    }
}
