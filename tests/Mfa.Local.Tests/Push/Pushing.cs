using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mfa.VirtualPhone;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Mfa.Local.Tests;

/// <summary>The real push service on a free port, and a carrier that speaks to it.</summary>
internal sealed class Pushing : IAsyncDisposable
{
    public const string Subject = "mailto:ops@contoso.example";
    private readonly WebApplication _network;

    private Pushing(WebApplication network)
    {
        _network = network;
        Http = new() { BaseAddress = new(Origin) };
        Settings = SettingsOf();
        Carrier = new(Settings, new(allowLoopback: true), TimeProvider.System, Log.For<WebPush>());
    }

    public string Origin => _network.Urls.Single();

    public HttpClient Http { get; }

    public Lines Log { get; } = new();

    public PushSettings Settings { get; }

    public WebPush Carrier { get; }

    public static async Task<Pushing> StartAsync()
    {
        var network = VirtualPhoneNetwork.Build([], options => options.Url = "http://127.0.0.1:0");
        await network.StartAsync();
        return new(network);
    }

    /// <summary>Settings with a fresh key.</summary>
    public static PushSettings SettingsOf(bool allowLoopback = true, string? hosts = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Push:VapidKey"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            ["Push:Subject"] = Subject,
            ["Push:AllowedHosts"] = hosts,
            ["Push:AllowLoopback"] = $"{allowLoopback}",
        }).Build());
        var settings = PushSettings.Read(reader);
        reader.ThrowOnFaults();
        return settings;
    }

    /// <summary>Keys as a browser makes them.</summary>
    public static (string P256dh, string Auth) Keys()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        return (Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
    }

    public static PushSubscription At(string endpoint, string? p256dh = null, string? auth = null)
    {
        var keys = Keys();
        Assert.True(PushSubscription.TryRead(endpoint, p256dh ?? keys.P256dh, auth ?? keys.Auth, allowLoopback: true, out var read, out var fault), fault);
        return read;
    }

    public async Task<PushSubscription> SubscribeAsync(string? p256dh = null, string? auth = null, string? key = null)
    {
        using var made = await Http.PostAsJsonAsync("/push", new { applicationServerKey = key ?? Carrier.PublicKey });
        return At((await made.Content.ReadFromJsonAsync<JsonNode>())!["endpoint"]!.ToString(), p256dh, auth);
    }

    public async Task<JsonArray> MessagesAsync(PushSubscription of) => (await Http.GetFromJsonAsync<JsonNode>(of.Endpoint.AbsolutePath + "/messages"))!["messages"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        Carrier.Dispose();
        Http.Dispose();
        await _network.StopAsync();
        await _network.DisposeAsync();
    }
}
