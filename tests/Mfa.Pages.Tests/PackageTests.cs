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

    public void Dispose() => _http.Dispose();

    [Fact]
    public void All_of_its_own_is_small_the_reader_of_QR_codes_apart() =>
        Assert.InRange(Files.Where(f => f != Folders.Family && !f.StartsWith("vendor/", StringComparison.Ordinal)).Sum(f => new FileInfo(Folders.Of(f)).Length), 1, Most);

    [Fact]
    public async Task Every_file_is_served_under_the_strict_policy_and_asked_for_again_by_its_tag()
    {
        Assert.Equal(Files, AuthenticatorPages.Names.Order(StringComparer.Ordinal));
        foreach (var file in Files)
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

    [Fact]
    public async Task The_page_names_every_module_of_the_first_screen_so_that_they_come_in_one_round_trip()
    {
        var page = await _http.GetStringAsync(new Uri("/authenticator", UriKind.Relative));
        Assert.DoesNotMatch(Inline(), page);
        var named = Preload().Matches(page).Select(m => m.Groups[1].Value).Append("app.js").Order(StringComparer.Ordinal);
        Assert.Equal(Files.Where(f => f.EndsWith(".js", StringComparison.Ordinal) && f != "sw.js" && !f.StartsWith("vendor/", StringComparison.Ordinal)), named);
    }

    [Fact]
    public async Task The_worker_keeps_every_file_that_a_start_without_a_network_needs()
    {
        var worker = await _http.GetStringAsync(new Uri("/authenticator/sw.js", UriKind.Relative));
        var lists = List().Matches(worker).Select(m => (Names: Quoted().Matches(m.Groups[1].Value).Select(q => q.Groups[1].Value), Form: m.Groups[2].Value));
        var kept = lists.SelectMany(l => l.Names.Select(n => l.Form.Length == 0 ? n : l.Form.Replace("${m}", n, StringComparison.Ordinal)));
        Assert.Equal(Files.Where(f => f is not ("index.html" or "sw.js") && !f.StartsWith("vendor/", StringComparison.Ordinal)), kept.Order(StringComparer.Ordinal));
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

    [Fact]
    public void Every_text_that_is_asked_for_is_there()
    {
        var words = Word().Matches(File.ReadAllText(Path.Combine(Folders.App, "words.js"))).Select(m => m.Groups[1].Value).ToHashSet();
        var scripts = string.Concat(Files.Where(f => f.EndsWith(".js", StringComparison.Ordinal) && f != "words.js" && !f.StartsWith("vendor/", StringComparison.Ordinal)).Select(f => File.ReadAllText(Folders.Of(f))));
        Assert.Subset(words, Used().Matches(scripts).Select(m => m.Groups[1].Value).ToHashSet());
    }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script[^>]*>[^<]""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""rel="modulepreload" href="/authenticator/([^"]+)""")]
    private static partial Regex Preload();

    [GeneratedRegex("""\.\.\.\[([^\]]+)\](?:\.map\(\(m\) => `([^`]+)`\))?""")]
    private static partial Regex List();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("""^  "?([\w-]+)"?: \[""", RegexOptions.Multiline)]
    private static partial Regex Word();

    [GeneratedRegex("\\bt\\(\"([\\w-]+)\"")]
    private static partial Regex Used();
}
