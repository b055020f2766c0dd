using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Contract;

/// <summary>An app's subscription at the virtual push service.</summary>
public sealed class PushService : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _id;
    private readonly List<JsonNode> _messages = [];

    private PushService(HttpClient http, string id, string endpoint) => (_http, _id, Endpoint) = (http, id, endpoint);

    /// <summary>Where it is woken.</summary>
    public string Endpoint { get; }

    /// <summary>Keys of an app, which nobody has to read with.</summary>
    public static JsonObject Keys()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        return new() { ["p256dh"] = WebEncoders.Base64UrlEncode([4, .. point.X!, .. point.Y!]), ["auth"] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16)) };
    }

    /// <summary>Subscribes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="key">The application server's key; null for any.</param>
    public static async Task<PushService> SubscribeAsync(string network, string? key = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(network) };
        var answer = await (await http.PostAsJsonAsync("/push", new JsonObject { ["applicationServerKey"] = key })).Content.ReadFromJsonAsync<JsonNode>();
        return new(http, answer!["id"]!.ToString(), answer["endpoint"]!.ToString());
    }

    /// <summary>All that came: what is read is delivered, and comes once.</summary>
    public async Task<IReadOnlyList<JsonNode>> MessagesAsync()
    {
        _messages.AddRange((await _http.GetFromJsonAsync<JsonNode>($"/push/{_id}/messages"))!["messages"]!.AsArray().Select(m => m!.DeepClone()));
        return [.. _messages];
    }

    /// <summary>The newest of so many.</summary>
    public async Task<JsonNode> MessageAsync(int messages = 1) => (await Handset.UntilAsync(MessagesAsync, m => m.Count >= messages, $"{messages} wake-ups"))[^1];

    public async Task HabitAsync(string deliver) => (await _http.PutAsJsonAsync($"/push/{_id}/habit", new JsonObject { ["deliver"] = deliver })).EnsureSuccessStatusCode();

    /// <summary>Takes it back.</summary>
    public async Task EndAsync() => (await _http.DeleteAsync($"/push/{_id}")).EnsureSuccessStatusCode();

    public void Dispose() => _http.Dispose();
}
