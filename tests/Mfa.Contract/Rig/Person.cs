using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Contract;

/// <summary>A user at a front end: speaks the HTTP contract with the token of the first step.</summary>
public sealed class Person(string url, string token, HttpMessageHandler? connections = null) : IDisposable
{
    private readonly HttpClient _http = connections is null ? new() { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) }
        : new(connections, disposeHandler: false) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Signs in at the development issuer.</summary>
    /// <param name="url">The head.</param>
    /// <param name="user">Who; a new one where null.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="connections">A pool to share: thousands of people would use up the machine's ports.</param>
    public static async Task<Person> SignInAsync(string url, string? user = null, string tenant = "contoso", HttpMessageHandler? connections = null)
    {
        using var http = new HttpClient(connections ?? new SocketsHttpHandler(), disposeHandler: connections is null) { BaseAddress = new Uri(url) };
        var answer = await http.GetFromJsonAsync<JsonNode>($"/dev/token?user={user ?? NewName()}&tenant={tenant}&sid=session");
        return new(url, Seen.Secret(answer!["access_token"]!.ToString()), connections);
    }

    public static string NewName() => "u" + Guid.NewGuid().ToString("N")[..12];

    public string Url => url;

    public string Token => token;

    /// <summary>The user's id, as the token tells.</summary>
    public string Id => JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!["oid"]!.ToString();

    /// <summary>The same person before another instance.</summary>
    public Person At(string otherUrl) => new(otherUrl, token);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, JsonNode? body = null, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null;
        if ((json as JsonObject)?["assertion"] is { } assertion)
        {
            Seen.Secret(assertion.ToString());
        }

        if ((json as JsonObject)?["activation"]?["secretKey"] is { } key)
        {
            Seen.Secret(key.ToString().Replace(" ", "", StringComparison.Ordinal));
        }

        return new((int)answer.StatusCode, json, answer);
    }

    public Task<Reply> EnrollPhoneAsync(string number, string delivery = "text", string region = "NL", params (string, string)[] headers) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "authenticationPhone", ["region"] = region, ["number"] = number, ["delivery"] = delivery }, headers);

    public Task<Reply> EnrollAppAsync(params (string, string)[] headers) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp", ["mode"] = "code" }, headers);

    public Task<Reply> ContactAsync(string id, JsonObject? body = null, params (string, string)[] headers) => PostAsync($"me/enrollments/{id}/contact", body, headers);

    public Task<Reply> VerifyAsync(string id, string? code = null) =>
        PostAsync($"me/enrollments/{id}/verify", code is null ? [] : new JsonObject { ["code"] = code });

    public Task<Reply> SeeAsync(string id) => GetAsync($"me/enrollments/{id}");

    /// <summary>Waits as a page does until the enrollment is as expected; fails with what it last was.</summary>
    public async Task<Reply> WaitForAsync(string id, Func<Reply, bool> expected, int seconds = 30)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        var seen = "0";
        while (true)
        {
            var now = await SendAsync(HttpMethod.Get, $"me/enrollments/{id}?wait=2&seen={seen}");
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

    public Task<Reply> WaitForVerificationAsync(string id, string state, int seconds = 30) =>
        WaitForAsync(id, r => r.Text("verification.state") == state, seconds);

    public void Dispose() => _http.Dispose();
}
