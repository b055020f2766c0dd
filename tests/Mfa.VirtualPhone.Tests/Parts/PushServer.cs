using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.VirtualPhone.Tests;

/// <summary>An application server and its user agent, by the words of RFC 8030 and RFC 8292, which share no code with the network.</summary>
internal sealed class PushServer(Network net, ECDsa? key = null) : IDisposable
{
    private readonly ECDsa _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Path { get; private set; } = "/push/none";

    /// <summary>The public key as a browser takes it.</summary>
    public string Key
    {
        get
        {
            var point = _key.ExportParameters(false).Q;
            return Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
        }
    }

    public static async Task<PushServer> Subscribe(Network net, bool restricted = true)
    {
        var server = new PushServer(net);
        using var made = await net.Http.PostAsJsonAsync("/push", new { applicationServerKey = restricted ? server.Key : null });
        Assert.Equal(201, (int)made.StatusCode);
        var told = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"{net.Address}/push/{told.GetProperty("id").GetString()}", told.GetProperty("endpoint").GetString());
        server.Path = $"/push/{told.GetProperty("id").GetString()}";
        return server;
    }

    /// <summary>A token as RFC 8292 says, with claims of the test's choice.</summary>
    public string Token(string? audience = null, TimeSpan? lasts = null)
    {
        var now = net.Time?.GetUtcNow() ?? DateTimeOffset.UtcNow;
        var claims = JsonSerializer.Serialize(new { aud = audience ?? net.Address, exp = (now + (lasts ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds(), sub = "mailto:a@b.example" });
        var signed = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public async Task<HttpResponseMessage> Send(string? ttl = "60", string? topic = null, string? urgency = null, byte[]? body = null, string? authorization = "", string? encoding = "aes128gcm")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body ?? [1, 2, 3]) };
        Add("TTL", ttl);
        Add("Topic", topic);
        Add("Urgency", urgency);
        Add("Authorization", authorization?.Length == 0 ? $"vapid t={Token()}, k={Key}" : authorization);
        if (encoding is not null) { request.Content.Headers.ContentEncoding.Add(encoding); }
        return await net.Http.SendAsync(request);

        void Add(string name, string? value)
        {
            if (value is not null) { request.Headers.TryAddWithoutValidation(name, value); }
        }
    }

    public async Task<int> Status(string? ttl = "60", string? topic = null, string? urgency = null, byte[]? body = null, string? authorization = "", string? encoding = "aes128gcm")
    {
        using var answer = await Send(ttl, topic, urgency, body, authorization, encoding);
        return (int)answer.StatusCode;
    }

    /// <summary>The bodies that are delivered.</summary>
    public async Task<IReadOnlyList<string>> Delivered(int wait = 0) =>
        [.. (await net.Http.GetFromJsonAsync<JsonElement>($"{Path}/messages?wait={wait}")).GetProperty("messages").EnumerateArray().Select(one => Convert.ToHexString(Base64Url.DecodeFromChars(one.GetProperty("body").GetString())))];

    public async Task Habit(string deliver)
    {
        using var answer = await net.Http.PutAsJsonAsync($"{Path}/habit", new { deliver });
        Assert.Equal(204, (int)answer.StatusCode);
    }

    public void Dispose() => _key.Dispose();
}
