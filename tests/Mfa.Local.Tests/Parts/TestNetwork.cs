using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Mfa.Core;
using Mfa.VirtualPhone;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Local.Tests;

/// <summary>The real telephone network on a free port, a place for its events, and a carrier that speaks to it.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public const string Number = "+14255550123";
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly WebApplication _network;
    private readonly WebApplication _receiver;

    private TestNetwork(WebApplication network, WebApplication receiver, string accessKey)
    {
        (_network, _receiver) = (network, receiver);
        Phones = new() { BaseAddress = new Uri($"{network.Urls.Single()}/phones/{Number[1..]}/") };
        Carrier = CarrierWith(accessKey);
    }

    public static PhoneNumber Phone { get; } = PhoneNumber.FromE164(Number);

    public VirtualCarrier Carrier { get; }

    public HttpClient Phones { get; }

    public Lines Log { get; } = new();

    public Uri Callback => new($"{_receiver.Urls.Single()}/calls/v/1");

    public static async Task<TestNetwork> Start()
    {
        var receiver = WebApplication.CreateSlimBuilder();
        receiver.Logging.ClearProviders();
        receiver.WebHost.UseUrls("http://127.0.0.1:0");
        var events = receiver.Build();
        VirtualPhoneOptions? kept = null;
        var network = VirtualPhoneNetwork.Build([], options => (kept = options).Url = "http://127.0.0.1:0");
        var test = new Lazy<TestNetwork>(() => new(network, events, kept!.AccessKey));
        events.MapPost("/calls/{id}/{attempt}", async (HttpRequest request) =>
        {
            foreach (var e in (await request.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
            {
                test.Value._events.Enqueue(e);
            }
        });
        await events.StartAsync();
        await network.StartAsync();
        return test.Value;
    }

    public VirtualCarrier CarrierWith(string accessKey)
    {
        Assert.True(NetworkConnection.TryParse($"endpoint={_network.Urls.Single()}/;accesskey={accessKey}", out var connection));
        return new(connection, "+18005550100", TimeProvider.System, Log.For<VirtualCarrier>());
    }

    public Task StopNetwork() => _network.StopAsync();

    /// <summary>Places a call and answers it.</summary>
    public async Task<string> AnsweredCall()
    {
        var placed = await Carrier.PlaceCallAsync(new(Phone, Callback, Once()), default);
        await Phones.PostAsync("answer", null);
        await Event("CallConnected");
        return placed.Receipt!;
    }

    /// <summary>The data of the first event of a type.</summary>
    public async Task<JsonElement> Event(string type)
    {
        await Until.True(() => _events.Any(Is), $"the event {type}");
        return _events.First(Is).GetProperty("data");

        bool Is(JsonElement e) => e.GetProperty("type").GetString() == $"Microsoft.Communication.{type}";
    }

    public static Uri TextCallback { get; } = new("http://127.0.0.1:9/callbacks/texts?verification=v&send=1");

    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(10);

    public static Repeatable Once() => new(Guid.NewGuid(), DateTimeOffset.UtcNow);

    public async Task<JsonElement> Handset() =>
        await Phones.GetFromJsonAsync<JsonElement>(new Uri(Phones.BaseAddress!.ToString().TrimEnd('/')));

    public async ValueTask DisposeAsync()
    {
        Carrier.Dispose();
        Phones.Dispose();
        await _network.StopAsync();
        await _network.DisposeAsync();
        await _receiver.StopAsync();
        await _receiver.DisposeAsync();
    }
}
