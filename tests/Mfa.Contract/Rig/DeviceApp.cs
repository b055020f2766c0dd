using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Mfa.Contract;

/// <summary>An authenticator app, written from the documents: a key, signed requests, and what its user answers.</summary>
public sealed class DeviceApp(string url, HttpMessageHandler? connections = null) : IDisposable
{
    private readonly HttpClient _http = connections is null ? new() { BaseAddress = new Uri(url) } : new(connections, disposeHandler: false) { BaseAddress = new Uri(url) };
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Its id, once it is activated.</summary>
    public string Id { get; set; } = "";

    /// <summary>The enrollment that it activated.</summary>
    public string Enrollment { get; private set; } = "";

    /// <summary>The seed of its codes, base32.</summary>
    public string Secret { get; private set; } = "";

    public string? Pin { get; init; }

    /// <summary>The clock that it signs with; the machine's where null.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The public key as a JWK.</summary>
    public JsonObject Jwk
    {
        get
        {
            var point = _key.ExportParameters(false).Q;
            return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = WebEncoders.Base64UrlEncode(point.X!), ["y"] = WebEncoders.Base64UrlEncode(point.Y!) };
        }
    }

    /// <summary>Another head, or another key.</summary>
    public DeviceApp At(string otherUrl)
    {
        var other = new DeviceApp(otherUrl, connections) { Id = Id, Pin = Pin, Time = Time };
        other._key.ImportParameters(_key.ExportParameters(true));
        return other;
    }

    /// <summary>Gives a code of an enrollment.</summary>
    public async Task<Reply> ActivateAsync(string enrollment, string code, JsonObject? more = null)
    {
        var body = more ?? [];
        body["code"] = code;
        body["device"] ??= new JsonObject { ["name"] = "Pixel 9", ["platform"] = "Android 16", ["publicKey"] = Jwk };
        if (Pin is not null)
        {
            body["pin"] ??= Pin;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/activations/{enrollment}") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        var answer = await ReadAsync(await _http.SendAsync(request));
        if (answer.Status == 201)
        {
            (Id, Enrollment, Secret) = (answer["deviceId"], enrollment, Seen.Secret(answer["totp.secret"]));
        }

        return answer;
    }

    /// <summary>Reads the QR code of an enrollment.</summary>
    public Task<Reply> ActivateAsync(Reply enrollment, JsonObject? more = null)
    {
        var fragment = QueryHelpers.ParseQuery(new Uri(enrollment["activation.qrContent"]).Fragment.TrimStart('#'));
        Assert.Equal(enrollment["activation.url"], fragment["url"].ToString());
        return ActivateAsync(enrollment["id"], Seen.Secret(fragment["code"].ToString()), more);
    }

    /// <summary>What it is asked.</summary>
    public Task<Reply> RequestsAsync(string query = "") => SendAsync(HttpMethod.Get, $"requests{query}");

    /// <summary>The request that stands in its inbox, as soon as there is one.</summary>
    public async Task<JsonNode> RequestAsync(int seconds = 30)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        var seen = "0";
        while (true)
        {
            var answer = await RequestsAsync($"?wait=2&seen={seen}");
            Assert.Equal(200, answer.Status);
            if (answer.Body!["items"]!.AsArray() is [.., { } newest])
            {
                return newest.DeepClone();
            }

            Assert.True(DateTime.UtcNow < until, "no request came");
            seen = answer["version"];
        }
    }

    /// <summary>Answers one.</summary>
    public Task<Reply> AnswerAsync(JsonNode item, string decision, string? number = null, string? pin = null)
    {
        var body = new JsonObject { ["decision"] = decision, ["seen"] = Hash(item) };
        if (number is not null)
        {
            body["number"] = number;
        }

        if ((pin ?? Pin) is { } entered && decision == "authenticate")
        {
            body["pin"] = entered;
        }

        return SendAsync(HttpMethod.Post, $"requests/{item["id"]}", body);
    }

    /// <summary>What its user agreed to: members in order, no blanks, as RFC 8785 has it for what comes here.</summary>
    public static string Hash(JsonNode item) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(item))));

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject o => $"{{{string.Join(',', o.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{Text(m.Key)}:{Canonical(m.Value)}"))}}}",
        JsonArray a => $"[{string.Join(',', a.Select(Canonical))}]",
        JsonValue v when v.TryGetValue<string>(out var text) => Text(text),
        _ => node!.ToJsonString(),
    };

    private static string Text(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A request that it signs.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below its own.</param>
    /// <param name="body">The body.</param>
    /// <param name="tamper">Changes the header and the claims before they are signed.</param>
    /// <param name="sent">The body that is sent in the place of the one that is signed.</param>
    public Task<Reply> SendAsync(HttpMethod method, string path, JsonObject? body = null, Action<JsonObject, JsonObject>? tamper = null, JsonObject? sent = null)
    {
        var to = $"/api/v1/devices/{Id}" + (path.Length > 0 && path[0] != '?' ? "/" + path : path);
        var text = body?.ToJsonString() ?? "";
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = "mfa-device+jwt", ["kid"] = Id };
        var claims = new JsonObject
        {
            ["htm"] = method.Method,
            ["htu"] = to,
            ["iat"] = Time.GetUtcNow().ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["bh"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
        tamper?.Invoke(header, claims);
        return SendAsync(method, to, sent?.ToJsonString() ?? text, Sign(header, claims));
    }

    /// <summary>The same under a proof that was made before.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string to, string body, string proof)
    {
        using var request = new HttpRequestMessage(method, to);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("MfaDevice", proof);
        return await ReadAsync(await _http.SendAsync(request));
    }

    /// <summary>A compact JWS.</summary>
    public string Sign(JsonObject header, JsonObject claims)
    {
        var signed = $"{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{WebEncoders.Base64UrlEncode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    public void Dispose()
    {
        _http.Dispose();
        _key.Dispose();
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null, answer);
    }
}
