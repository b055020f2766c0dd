using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>Whoever speaks the HTTP contract with a bearer token, and opens things below a path that are proved with "Contact me".</summary>
/// <param name="url">The head.</param>
/// <param name="token">The token.</param>
/// <param name="path">The path: <c>me/enrollments</c>, say.</param>
/// <param name="connections">A pool to share: thousands of callers would use up the machine's ports.</param>
public class Caller(string url, string token, string path, HttpMessageHandler? connections = null) : IDisposable
{
    private readonly HttpClient _http = connections is null ? new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) }
        : new(connections, disposeHandler: false) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };

    public string Url => url;

    public string Token => token;

    internal HttpMessageHandler? Connections => connections;

    /// <summary>How it proves itself.</summary>
    protected virtual string Scheme => "Bearer";

    /// <summary>The same caller before another instance.</summary>
    public virtual Caller At(string otherUrl) => new(otherUrl, token, path, connections);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, JsonNode? body = null, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null;
        foreach (var secret in new[] { "assertion", "rememberedBrowser" })
        {
            if ((json as JsonObject)?[secret] is { } told)
            {
                Seen.Secret(told.ToString());
            }
        }

        if ((json as JsonObject)?["signInUrl"] is { } link)
        {
            Seen.Secret(new Uri(link.ToString()).Fragment[1..]);
        }

        if ((json as JsonObject)?["returnTo"] is { } back && System.Web.HttpUtility.ParseQueryString(new Uri(back.ToString()).Query)["answer"] is { } answered)
        {
            Seen.Secret(answered);
        }

        if ((json as JsonObject)?["activation"]?["secretKey"] is { } key)
        {
            Seen.Secret(key.ToString().Replace(" ", "", StringComparison.Ordinal));
        }

        return new((int)answer.StatusCode, json, answer);
    }

    public Task<Reply> ContactAsync(string id, JsonObject? body = null, params (string, string)[] headers) => PostAsync($"{path}/{id}/contact", body, headers);

    public Task<Reply> VerifyAsync(string id, string? code = null) =>
        PostAsync($"{path}/{id}/verify", code is null ? [] : new JsonObject { ["code"] = code });

    public Task<Reply> SeeAsync(string id) => GetAsync($"{path}/{id}");

    public Task<Reply> DeleteAsync(string id) => SendAsync(HttpMethod.Delete, $"{path}/{id}");

    /// <summary>Waits once, as a page does, for another version than the one seen.</summary>
    public Task<Reply> WaitAsync(string id, int seconds, string seen) => GetAsync($"{path}/{id}?wait={seconds}&seen={seen}");

    /// <summary>Waits as a page does until it is as expected; fails with what it last was.</summary>
    public async Task<Reply> WaitForAsync(string id, Func<Reply, bool> expected, int seconds = 30)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        var seen = "0";
        while (true)
        {
            var now = await WaitAsync(id, 2, seen);
            if (now.Status == 200 && expected(now))
            {
                return now;
            }

            seen = now.Text("version") ?? "0";
            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException($"Still {now}");
            }

            if (now.Status != 200)
            {
                await Task.Delay(100);
            }
        }
    }

    public Task<Reply> WaitForStateAsync(string id, string state, int seconds = 30) => WaitForAsync(id, r => r.Text("state") == state, seconds);

    public Task<Reply> WaitForVerificationAsync(string id, string state, int seconds = 30) =>
        WaitForAsync(id, r => r.Text("verification.state") == state, seconds);

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
