using System.Net;
using System.Text.RegularExpressions;

namespace Mfa.Local.Tests;

public sealed partial class DevPageTests(SharedStorage storage) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private LocalHead? _head;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _head = await Heads.Start(storage, _folder);
        _http.BaseAddress = _head.Url;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _head!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_page_and_all_it_names_are_served_and_nothing_in_it_is_inline()
    {
        var page = await Get("dev", "text/html");
        Assert.DoesNotMatch(Inline(), page);
        foreach (var path in Named().Matches(page).Select(match => match.Groups[1].Value))
        {
            var type = path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
            foreach (var imported in Imported().Matches(await Get(path, type)).Select(match => match.Groups[1].Value))
            {
                await Get(imported, "text/javascript");
            }
        }
    }

    [Theory]
    [InlineData("/dev")]
    [InlineData("/")]
    [InlineData("/settings?login_hint=bob")]
    public async Task By_another_name_of_this_machine_a_page_leads_to_the_origin_that_signs_in(string page)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync($"http://localhost:{_head!.Url.Port}{page}", Cancel);
        Assert.Equal(new Uri(_head.Url, page), answer.Headers.Location);
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("%22")]
    public async Task Only_a_name_holds_phones(string user)
    {
        using var answer = await _http.GetAsync(new Uri($"dev/phones/{user}", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_is_for_this_machine_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "dev");
        request.Headers.Host = "evil.example";
        using var answer = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task<string> Get(string path, string type)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains(path == "dev" ? "frame-ancestors 'none'" : "frame-ancestors ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script[^>]*>[^<]""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("""(?:src|href)="(/dev/[^"]+)""")]
    private static partial Regex Named();

    [GeneratedRegex("""from "(/dev/[^"]+)""")]
    private static partial Regex Imported();
}
