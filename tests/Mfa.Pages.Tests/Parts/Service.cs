using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Pages.Tests;

/// <summary>
/// A service over real HTTP that does what the contract says of devices, and the app's files beside it. It stands for the backend as strictly as
/// the contract is: every proof is checked, and every hash of what was shown.
/// </summary>
internal sealed partial class Service : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Offer> _offers = new();
    private readonly ConcurrentDictionary<string, int> _ids = new();

    private Service(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ConcurrentDictionary<string, DeviceRow> Devices { get; } = new();

    public DeviceRow Device => Devices.Values.Single();

    /// <summary>What proofs were refused for.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Asks for a PIN of at least so many digits; 0: for none.</summary>
    public int PinLength { get; set; }

    public TimeSpan Ahead { get; set; }

    public string PushKey { get; } = MakePushKey();

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(20);

    private DateTimeOffset Now => DateTimeOffset.UtcNow + Ahead;

    public static async Task<Service> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var service = new Service(builder.Build());
        service.Map();
        await service._app.StartAsync();
        return service;
    }

    /// <summary>An enrollment that waits for its app.</summary>
    /// <returns>Its code, its URL, and the link of its QR code.</returns>
    public (string Code, string Url, string Link) Enroll(string account = "alice@contoso.example", string issuer = "Contoso")
    {
        var (id, code) = (NewId("e"), Code());
        _offers[id] = new(code, account, issuer);
        var url = $"{Url}/api/v1/activations/{id}";
        return (code, url, $"https://id.contoso.example/authenticator#code={code}&url={Uri.EscapeDataString(url)}");
    }

    /// <summary>Puts a request into the inbox of a device.</summary>
    /// <param name="device">Whose.</param>
    /// <param name="number">The number on the page; empty: none is asked for.</param>
    /// <param name="seconds">How long it lasts.</param>
    /// <param name="more">Other members of it, or other values.</param>
    public string Ask(DeviceRow device, string number = "73", int seconds = 120, JsonObject? more = null)
    {
        var id = NewId("r");
        var item = new JsonObject
        {
            ["id"] = id,
            ["purpose"] = "challenge",
            ["application"] = "Contoso Expenses",
            ["account"] = "alice@contoso.example",
            ["place"] = "Utrecht, Netherlands",
            ["ip"] = "203.0.113.7",
            ["match"] = number.Length > 0 ? "number" : "none",
            ["createdAt"] = Now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null),
            ["expiresAt"] = Now.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null),
        };
        foreach (var (name, value) in more ?? [])
        {
            item[name] = value?.DeepClone();
        }

        device.Number = number;
        device.Inbox[id] = item;
        device.Version++;
        return id;
    }

    /// <summary>Takes a request back: another device answered it, or it was called off.</summary>
    public static void Withdraw(DeviceRow device, string id)
    {
        device.Inbox.TryRemove(id, out _);
        device.Version++;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private static string Code()
    {
        var letters = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8);
        return $"{letters[..4]}-{letters[4..]}";
    }

    private static string MakePushKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        return Canonical.Base64Url([4, .. q.X!, .. q.Y!]);
    }

    private string NewId(string kind) => $"{kind}{_ids.AddOrUpdate(kind, 1, (_, n) => n + 1)}-{RandomNumberGenerator.GetHexString(8, true)}";

    private static IResult Problem(int status, string code, params (string Name, JsonNode? Value)[] more)
    {
        var problem = new JsonObject { ["status"] = status, ["code"] = code };
        foreach (var (name, value) in more)
        {
            problem[name] = value;
        }

        return Results.Text(problem.ToJsonString(), "application/problem+json", null, status);
    }

    private sealed class Offer(string code, string account, string issuer)
    {
        public string Code { get; } = code;

        public string Account { get; } = account;

        public string Issuer { get; } = issuer;

        public int Tries { get; set; } = 5;

        public (string Key, JsonObject Answer)? Activated { get; set; }
    }
}
