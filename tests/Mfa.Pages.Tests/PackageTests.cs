using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The app as files: what is sent, how much, and under which rules.</summary>
public sealed partial class PackageTests(AppFiles files) : IDisposable
{
    private const int Most = 120_000;

    private readonly HttpClient _http = new() { BaseAddress = new(files.Url) };

    private static string[] Files =>
        [.. Directory.GetFiles(Folders.App, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folders.App, f).Replace('\\', '/')).Append(Folders.Family).Order(StringComparer.Ordinal)];

    // What C# makes of the languages.
    private static string[] Words => [.. Languages.Shipped.All.Select(l => $"words.{l.Tag}.js")];

    private static IEnumerable<string> Served => Files.Concat(Words).Append("languages.js").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Shell => Served.Where(f => !f.StartsWith("vendor/", StringComparison.Ordinal));

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task All_of_its_own_is_small_in_any_language_the_reader_of_QR_codes_apart()
    {
        var sizes = new Dictionary<string, long>();
        foreach (var file in Shell.Where(f => f != Folders.Family))
        {
            sizes[file] = (await _http.GetByteArrayAsync(new Uri($"/authenticator/{file}", UriKind.Relative))).Length;
        }

        Assert.InRange(sizes.Where(s => !Words.Contains(s.Key)).Sum(s => s.Value) + Words.Max(w => sizes[w]), 1, Most);
    }

    [Fact]
    public async Task Every_file_is_served_under_the_strict_policy_and_asked_for_again_by_its_tag()
    {
        Assert.Equal(Served, AuthenticatorPages.Names.Order(StringComparer.Ordinal));
        foreach (var file in Served)
        {
            using var answer = await _http.GetAsync(new Uri($"/authenticator/{file}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("camera=(self)", Assert.Single(answer.Headers.GetValues("Permissions-Policy")));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
            using var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var same = await _http.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }
    }

    [Theory]
    [InlineData("/authenticator/none.js")]
    [InlineData("/authenticator/../AuthenticatorPages.cs")]
    [InlineData("/authenticator/%2e%2e/index.html")]
    [InlineData("/authenticator/ui")]
    public async Task What_is_not_a_file_of_it_is_not_found(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Another_version_is_another_worker()
    {
        using var answer = await _http.GetAsync(new Uri("/authenticator/sw.js", UriKind.Relative));
        Assert.Equal("/authenticator", Assert.Single(answer.Headers.GetValues("Service-Worker-Allowed")));
        Assert.Matches("const VERSION = \"[0-9a-f]{16}\";", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", "en")]
    [InlineData("fr, nl-BE;q=0.5", "nl")]
    public async Task The_page_names_every_module_of_the_first_screen_so_that_they_come_in_one_round_trip(string liked, string language)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri("/authenticator", UriKind.Relative));
        asked.Headers.TryAddWithoutValidation("Accept-Language", liked);
        using var answer = await _http.SendAsync(asked);
        Assert.Equal(["Accept-Language", "Accept-Encoding"], answer.Headers.Vary);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotMatch(Inline(), page);
        Assert.Contains($"<html lang=\"{language}\" dir=\"ltr\">", page, StringComparison.Ordinal);
        Assert.Contains(Languages.Shipped.Find(language)!.Text("authenticator", "script-needed"), page, StringComparison.Ordinal);
        var named = Preload().Matches(page).Select(m => m.Groups[1].Value).Append("app.js").Order(StringComparer.Ordinal);
        Assert.Equal(Shell.Where(f => f.EndsWith(".js", StringComparison.Ordinal) && f != "sw.js" && (f == $"words.{language}.js" || !Words.Contains(f))), named);
    }

    [Fact]
    public async Task The_worker_keeps_every_file_that_a_start_without_a_network_needs()
    {
        var worker = await _http.GetStringAsync(new Uri("/authenticator/sw.js", UriKind.Relative));
        var languages = Languages.Shipped.All.Select(l => $"\"{l.Tag}\":[\"{l.Text("authenticator", "notified")}\",\"{l.Text("authenticator", "notified-means")}\"]");
        Assert.Contains($"const LANGUAGES = {{{string.Join(',', languages)}}};", worker, StringComparison.Ordinal);
        Assert.Contains("...Object.keys(LANGUAGES).map((m) => `words.${m}.js`),", worker, StringComparison.Ordinal);
        var lists = List().Matches(worker).Select(m => (Names: Quoted().Matches(m.Groups[1].Value).Select(q => q.Groups[1].Value), Form: m.Groups[2].Value));
        var kept = lists.SelectMany(l => l.Names.Select(n => l.Form.Length == 0 ? n : l.Form.Replace("${m}", n, StringComparison.Ordinal)));
        Assert.Equal(Shell.Where(f => f is not ("index.html" or "sw.js")), kept.Concat(Words).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_asks_anybody_but_this_origin_and_nothing_is_read_as_HTML()
    {
        foreach (var file in Files.Where(f => !f.StartsWith("vendor/", StringComparison.Ordinal) && !f.EndsWith(".png", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(Folders.Of(file));
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function", text);
            Assert.DoesNotMatch("(src|href|from|import|url)[ =(]+[\"']?(https?:)?//(?!www\\.w3\\.org)", text);
        }
    }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script[^>]*>[^<]""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""rel="modulepreload" href="/authenticator/([^"]+)""")]
    private static partial Regex Preload();

    [GeneratedRegex("""\.\.\.\[([^\]]+)\](?:\.map\(\(m\) => `([^`]+)`\))?""")]
    private static partial Regex List();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
