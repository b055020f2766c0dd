using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.VirtualPhone.Tests;

/// <summary>Answer of the REST surface; the body is undefined where there is none.</summary>
internal sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Code => Body.GetProperty("error").GetProperty("code").GetString();
}

/// <summary>
/// A carrier's client in raw HTTP. It signs by the words of the specification and shares no code with the network;
/// a test may bend any part of it.
/// </summary>
internal sealed class Carrier(HttpClient http, string key, TimeProvider time)
{
    public string Key { get; set; } = key;

    public TimeSpan ClockIsOff { get; set; }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, []);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, []);

    public Task<Answer> Post(string path, object? body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body), null, headers);

    /// <param name="sent">The body that goes out, where it is not the one that was signed.</param>
    public async Task<Answer> Send(HttpMethod verb, string path, byte[] body, byte[]? sent = null, params (string Name, string Value)[] headers)
    {
        var target = path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "api-version=2026-03-12";
        using var request = new HttpRequestMessage(verb, target) { Content = new ByteArrayContent(sent ?? body) };
        request.Content.Headers.ContentType = new("application/json");
        var date = (time.GetUtcNow() + ClockIsOff).ToString("r", CultureInfo.InvariantCulture);
        var hash = Convert.ToBase64String(SHA256.HashData(body));
        var text = $"{verb}\n{target}\n{date};{http.BaseAddress!.Authority};{hash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
        foreach (var (name, value) in headers) { request.Headers.Add(name, value); }

        using var response = await http.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();
        return new((int)response.StatusCode, content.Length == 0 ? default : JsonElement.Parse(content), response.Headers);
    }
}
