using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The pages for users as files: what is sent, how much, and under which rules.</summary>
public sealed partial class UserPageFiles(AppFiles files) : IDisposable
{
    private const int SetUpAtMost = 100_000;
    private const int OthersAtMost = 120_000;

    private readonly HttpClient _http = new() { BaseAddress = new(files.Url) };

    // The page, its script, and how many requests its first screen may take.
    public static TheoryData<string, string, int> Documents => new() { { "/", "set-up.js", 7 }, { "/settings", "settings.js", 11 }, { "/sign-in/some-challenge", "sign-in.js", 6 }, { "/sign-in", "first-step.js", 5 } };

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_page_is_asked_for_each_time_and_the_few_things_that_it_is_made_of_are_kept_for_ever(string path, string script, int most)
    {
        var page = await GetAsync(path);
        Assert.Equal("no-cache", page.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(path, page)).StatusCode);
        var parts = Parts(await page.Content.ReadAsStringAsync());
        Assert.Contains(parts, p => p.EndsWith(script, StringComparison.Ordinal));
        Assert.InRange(parts.Count + 1, 1, most);
        foreach (var part in parts)
        {
            var answer = await GetAsync(part);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(HttpStatusCode.NotModified, (await AgainAsync(part, answer)).StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_page_is_small_and_names_every_module_of_its_first_screen(string path, string script, int most)
    {
        var html = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        var parts = Parts(html);
        var bytes = html.Length;
        HashSet<string> modules = [script];
        foreach (var part in parts)
        {
            var text = await _http.GetStringAsync(new Uri(part, UriKind.Relative));
            bytes += Encoding.UTF8.GetByteCount(text);
            modules.UnionWith(Import().Matches(text).Select(m => m.Groups[1].Value));
        }

        Assert.InRange(bytes, 1, path == "/" ? SetUpAtMost : OthersAtMost);
        Assert.InRange(modules.Count, 1, most);
        // The words are those of the document's language.
        Assert.Equal(modules.Append("words.en.js").Order(), parts.Select(p => p[(p.LastIndexOf('/') + 1)..]).Order());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task What_is_sent_is_packed_as_the_browser_takes_it(string encoding)
    {
        foreach (var path in Parts(await _http.GetStringAsync(new Uri("/", UriKind.Relative))).Append("/"))
        {
            var plain = await (await GetAsync(path)).Content.ReadAsByteArrayAsync();
            var packed = await GetAsync(path, encoding);
            Assert.Equal([encoding], packed.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", packed.Headers.Vary);
            await using var stream = await packed.Content.ReadAsStreamAsync();
            await using Stream unpacked = encoding == "br" ? new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionMode.Decompress) : new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Decompress);
            using var content = new MemoryStream();
            await unpacked.CopyToAsync(content);
            Assert.Equal(plain, content.ToArray());
            Assert.InRange(packed.Content.Headers.ContentLength ?? 0, 1, plain.Length - 1);
        }
    }

    [Theory]
    [InlineData("nl-BE,nl;q=0.9,en;q=0.5", "nl")]
    [InlineData("fr, nl;q=0.2, en;q=0.8", "en")]
    [InlineData("fr", "en")]
    public async Task A_page_comes_in_the_language_that_the_browser_likes_best(string liked, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Language", liked);
        var answer = await _http.SendAsync(request);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains(Languages.Shipped.Find(language)!.Text("pages", "title-set-up"), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_is_strict_and_nothing_is_inline_but_its_style_or_read_as_HTML()
    {
        foreach (var (path, _, _) in Documents.Select(d => d.Data))
        {
            var answer = await GetAsync(path);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            var html = await answer.Content.ReadAsStringAsync();
            var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(Style().Matches(html)).Groups[1].Value)));
            Assert.StartsWith($"default-src 'none'; script-src 'self'; style-src 'sha256-{style}'; img-src 'self' data:; connect-src 'self' https://login.example.com; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            // Programs open a sign-in in a window that has to stay theirs.
            Assert.Equal(path.StartsWith("/sign-in", StringComparison.Ordinal) ? [] : ["same-origin"], answer.Headers.TryGetValues("Cross-Origin-Opener-Policy", out var opener) ? opener : []);
            Assert.DoesNotMatch(Inline(), html);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        foreach (var file in Directory.GetFiles(Folders.Pages))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function|document\\.cookie", text);
            Assert.DoesNotMatch("(src|href|from|import|url)[ =(]+[\"']?(https?:)?//(?!www\\.w3\\.org)", text);
            Assert.InRange(text.Count(c => c == '\n'), 1, 250);
        }
    }

    [Theory]
    [InlineData("/pages/0123456789abcdef/none.js", HttpStatusCode.NotFound)]
    [InlineData("/pages/0123456789abcdef/page.html", HttpStatusCode.NotFound)]
    [InlineData("/pages/0123456789abcdef/base.js", HttpStatusCode.OK)]
    public async Task What_another_version_asks_for_is_answered_and_not_kept(string path, HttpStatusCode status)
    {
        var answer = await GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.True(answer.StatusCode == HttpStatusCode.NotFound || answer.Headers.CacheControl is { NoStore: true });
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        return await _http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> AgainAsync(string path, HttpResponseMessage before)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        return await _http.SendAsync(request);
    }

    private static List<string> Parts(string html) => [.. Part().Matches(html).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex("""(?:href|src)="(/pages/[^"]+)""")]
    private static partial Regex Part();

    [GeneratedRegex("""^import .*"\./([\w.-]+)";$""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<script[^>]*>[^<]""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
