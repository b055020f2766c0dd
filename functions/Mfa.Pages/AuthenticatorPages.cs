using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mfa.Pages;

/// <summary>The authenticator, an installable web app, out of the assembly.</summary>
public static class AuthenticatorPages
{
    /// <summary>Where the app is; what it needs is below it.</summary>
    public const string Path = "/authenticator";

    // It talks to the services of all its accounts, whichever their origin; and to nobody else's scripts, styles or pictures. A laptop's desk shows it in a frame.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self' https: http://127.0.0.1:* http://localhost:*; manifest-src 'self'; worker-src 'self'; "
        + "frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    private const string Worker = "sw.js";
    private const string Page = "index.html";
    private const string Section = "authenticator";

    private static readonly Dictionary<string, PageFile> s_files = Read();
    private static readonly Dictionary<string, PageFile> s_pages = Languages.Shipped.All.ToDictionary(l => l.Tag, Translated);

    /// <summary>The names of all files, below <see cref="Path"/>; the page itself is <c>index.html</c>.</summary>
    public static IReadOnlyCollection<string> Names => s_files.Keys;

    /// <summary>Answers a GET or HEAD of <see cref="Path"/> or below it: the file, 304 to who has it already, or 404.</summary>
    /// <param name="request">The request; its answer gets the security headers.</param>
    public static IResult Answer(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        PageFile.Secure(headers, Policy, "camera=(self)");
        // Asked for each time, and answered 304: a page with the scripts of another version would not run.
        headers.CacheControl = "no-cache";
        if (!s_files.TryGetValue(Name(request.Path), out var file))
        {
            return Results.NotFound();
        }

        if (file.Name == Page)
        {
            // It names the texts that its first screen needs, so that they come with all the rest.
            headers.Vary = "Accept-Language";
            file = s_pages[Languages.Shipped.Best(AcceptLanguage.Of(request)).Tag];
        }

        if (file.Name == Worker)
        {
            // The page's own path has no slash at its end, so it is above the folder that the worker is in.
            headers["Service-Worker-Allowed"] = Path;
        }

        return file.Answer(request);
    }

    private static string Name(PathString path)
    {
        var below = path.Value!.Length > Path.Length ? path.Value[(Path.Length + 1)..] : "";
        return below.Length == 0 ? Page : below;
    }

    private static Dictionary<string, PageFile> Read()
    {
        var contents = PageFile.Folder("authenticator");
        // What it shares with the pages; below its own path, where its worker keeps it.
        contents["family.css"] = PageFile.Folder("pages")["family.css"];
        foreach (var language in Languages.Shipped.All)
        {
            contents[$"words.{language.Tag}.js"] = language.Module(Section);
        }

        contents["languages.js"] = Languages.Shipped.Module();

        // A browser looks for another worker by its bytes alone: with the version of all files in it, one changed file is another worker.
        var version = PageFile.Version(contents);
        var pushed = JsonSerializer.Serialize(Languages.Shipped.All.ToDictionary(l => l.Tag, l => new[] { l.Text(Section, "notified"), l.Text(Section, "notified-means") }));
        contents[Worker] = Put(contents[Worker], ("\"unversioned\"", $"\"{version}\""), ("LANGUAGES = {}", $"LANGUAGES = {pushed}"));
        return contents.ToDictionary(c => c.Key, c => new PageFile(c.Key, c.Value), StringComparer.Ordinal);
    }

    private static PageFile Translated(Language language) => new(Page, Put(
        s_files[Page].Content,
        ("lang=\"en\" dir=\"ltr\"", $"lang=\"{language.Tag}\" dir=\"{language.Direction}\""),
        ("words.en.js", $"words.{language.Tag}.js"),
        ("This app needs JavaScript.", WebUtility.HtmlEncode(language.Text(Section, "script-needed")))));

    // What is not there is a fault of this assembly.
    private static byte[] Put(byte[] content, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var text = Encoding.UTF8.GetString(content);
        foreach (var (place, value) in values)
        {
            text = text.Contains(place, StringComparison.Ordinal) ? text.Replace(place, value, StringComparison.Ordinal) : throw new InvalidOperationException($"There is no {place}.");
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
