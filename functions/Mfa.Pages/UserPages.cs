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
    private readonly PageDocument _document;
    private readonly string _policy;
    private readonly string _answerPolicy;
    private readonly string _noticePolicy;

    /// <param name="options">What the company set.</param>
    /// <param name="languages">The languages that there are.</param>
    public UserPages(PageOptions options, Languages languages)
    {
        _languages = languages;
        var contents = PageFile.Folder("pages");
        var template = Encoding.UTF8.GetString(contents["page.html"]);
        var notice = Encoding.UTF8.GetString(contents["notice.html"]);
        contents.Remove("page.html");
        contents.Remove("notice.html");
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
        _document = new PageDocument(options, languages, Version, template, notice, style);
        _documents = (from page in Enum.GetValues<Page>() from language in languages.All select (page, language))
            .ToDictionary(d => (d.page, d.language.Tag), d => new PageFile("page.html", _document.Of(d.page, d.language)));
        var looks = $"style-src '{Hash(style)}'; img-src 'self' data:";
        var safe = "require-trusted-types-for 'script'; trusted-types 'none'";
        _policy = $"default-src 'none'; script-src 'self'; {looks}; connect-src {string.Join(' ', options.ConnectOrigins.Prepend("'self'"))}; "
            + $"frame-ancestors {(options.FrameOrigins.Count == 0 ? "'none'" : string.Join(' ', options.FrameOrigins))}; base-uri 'none'; form-action 'none'; {safe}";
        // Without form-action, which Chromium applies to the redirects after the form's own address, too; the service tells where it goes.
        _answerPolicy = $"default-src 'none'; script-src 'self'; {looks}; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; {safe}";
        _noticePolicy = $"default-src 'none'; {looks}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
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
        PageFile.Secure(headers, page == Page.Answer ? _answerPolicy : _policy, Permissions);
        if (page is Page.SignIn or Page.Answer or Page.FirstStep)
        {
            // Programs open sign-ins in a window of their own, and wait for it to come back: it must stay theirs.
            headers.Remove("Cross-Origin-Opener-Policy");
        }

        if (page == Page.Answer)
        {
            // Who is answered may ask where from; more than the origin there is not.
            headers["Referrer-Policy"] = "strict-origin";
        }

        headers.Vary = "Accept-Language";
        // Asked for each time, and answered 304.
        headers.CacheControl = "no-cache";
        return _documents[(page, _languages.Best(AcceptLanguage.Of(request)).Tag)].Answer(request);
    }

    /// <summary>A page that says something to whoever can't go on: it has no script and is not kept.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="text">What it says.</param>
    /// <param name="details">What it says to those who have to mend it, in English, a line each.</param>
    /// <param name="request">The request; its answer has its status already.</param>
    public IResult Notice(Language language, string title, string text, IEnumerable<string> details, HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        PageFile.Secure(headers, _noticePolicy, Permissions);
        headers.CacheControl = "no-store";
        headers.ContentLanguage = language.Tag;
        return new PageNotice(_document.Of(language, title, text, details));
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
