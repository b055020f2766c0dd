using System.Net;
using System.Text.RegularExpressions;

namespace Mfa.Client.Tests;

/// <summary>A browser as far as pages without script need one: cookies, redirects, and the first form of a page.</summary>
internal sealed partial class FormBrowser(string url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
    private string _page = "";

    /// <summary>Where it is, with what is behind the #.</summary>
    public Uri At { get; private set; } = new(url);

    public async Task<string> GoAsync(string path) => await ShownAsync(await _http.GetAsync(path));

    /// <summary>Fills in the form and sends it; the page that comes of it.</summary>
    public Task<string> SubmitAsync(params (string Name, string Value)[] fields) => SubmitAsync(withToken: true, fields);

    /// <param name="withToken">Whether it was the page's own form.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<string> SubmitAsync(bool withToken, params (string Name, string Value)[] fields)
    {
        var form = Form().Match(_page);
        var sent = fields.ToDictionary(f => f.Name, f => f.Value);
        if (withToken)
        {
            sent[form.Groups["name"].Value] = form.Groups["token"].Value;
        }

        using var content = new FormUrlEncodedContent(sent);
        return await ShownAsync(await _http.PostAsync(form.Groups["to"].Value, content));
    }

    private async Task<string> ShownAsync(HttpResponseMessage answer)
    {
        At = answer.RequestMessage!.RequestUri!;
        return _page = await answer.Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""<form method="post" action="(?<to>[^"]+)"><input type="hidden" name="(?<name>[^"]+)" value="(?<token>[^"]+)">""")]
    private static partial Regex Form();
}
