using System.Net.Http.Json;
using System.Text.Json;
using Mfa.Core;
using Mfa.VirtualPhone;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;

namespace Mfa.Local.Tests;

/// <summary>The real telephone network on a free port, a carrier that speaks to it by one of its wires, and a place for what it posts.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public const string Number = "+14255550123";
    private readonly WebApplication _network;

    private TestNetwork(CarrierWire wire, WebApplication network, VirtualPhoneOptions options, Tap tap, CallbackReceiver service)
    {
        (Wire, _network, Options, Tap, Service) = (wire, network, options, tap, service);
        Phones = new() { BaseAddress = new Uri($"{Url}/phones/{Number[1..]}/") };
        Carrier = CarrierWith();
    }

    public static PhoneNumber Phone { get; } = PhoneNumber.FromE164(Number);

    /// <summary>For a text whose events nobody waits for.</summary>
    public static Uri TextCallback { get; } = new("http://127.0.0.1:9/callbacks/texts?verification=v&send=1");

    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(10);

    public CarrierWire Wire { get; }

    public VirtualPhoneOptions Options { get; }

    public string Url => _network.Urls.Single();

    public Tap Tap { get; }

    public CallbackReceiver Service { get; }

    public ICarrier Carrier { get; }

    public HttpClient Phones { get; }

    public Lines Log { get; } = new();

    public static Repeatable Once() => new(Guid.NewGuid(), DateTimeOffset.UtcNow);

    public static async Task<TestNetwork> Start(CarrierWire wire)
    {
        var service = await CallbackReceiver.Start();
        VirtualPhoneOptions? kept = null;
        var network = VirtualPhoneNetwork.Build([], options =>
        {
            kept = options;
            options.Url = "http://127.0.0.1:0";
            (options.Numbers, options.TwilioNumbers) = ([new AcsWire().From, new AcsWire().OtherFrom], [new TwilioWire().From, new TwilioWire().OtherFrom]);
            options.TextEventsUrl = options.TwilioTextsUrl = $"{service.Url}/callbacks/texts";
            options.TextEventsSecret = CarrierWire.EventsSecret;
            options.NoAnswerAfter = options.SpeakFor = options.KeyPace = options.AnswerDelay = TimeSpan.FromMilliseconds(10);
            options.ShuffleWithin = options.EventsLateBy = options.AnswersDelayedBy = TimeSpan.FromMilliseconds(100);
            options.SwitchboardPause = TimeSpan.FromMilliseconds(10);
        });
        await network.StartAsync();
        var url = network.Urls.Single();
        service.Carrier = wire.Callbacks(kept!, url, service.Url);
        return new(wire, network, kept!, await Tap.Start(url), service);
    }

    /// <summary>Another carrier on the same wire.</summary>
    /// <param name="key">With another key.</param>
    /// <param name="from">With another number.</param>
    /// <param name="endpoint">To another place than the network's.</param>
    public ICarrier CarrierWith(string? key = null, string? from = null, Uri? endpoint = null) => Wire.Carrier(endpoint ?? Tap.Url, Options, Log, key, from);

    public async Task Stop() => await _network.StopAsync();

    /// <summary>Places a call and answers it.</summary>
    public async Task<string> AnsweredCall()
    {
        var placed = await Carrier.PlaceCallAsync(new(Phone, Service.Call, Once()), default);
        Assert.Null(placed.Failure);
        await Press("answer");
        await Service.Event<CallConnected>();
        return placed.Receipt!;
    }

    public async Task Habit(object habit)
    {
        using var answer = await Phones.PutAsJsonAsync("habit", habit);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Does something with the phone, as soon as it can be done.</summary>
    public Task Press(string what, string? keys = null) => Until.True(async () =>
    {
        using var answer = await Phones.PostAsync(what, keys is null ? null : JsonContent.Create(new { keys }));
        return answer.IsSuccessStatusCode;
    }, what);

    public async Task<JsonElement> Handset() => await Phones.GetFromJsonAsync<JsonElement>(new Uri(Phones.BaseAddress!.ToString().TrimEnd('/')));

    public async Task<JsonElement[]> Texts() => [.. (await Handset()).GetProperty("texts").EnumerateArray()];

    /// <summary>The phone's call.</summary>
    public async Task<JsonElement> Call() => (await Handset()).GetProperty("call");

    public async ValueTask DisposeAsync()
    {
        (Carrier as IDisposable)?.Dispose();
        Phones.Dispose();
        await Tap.DisposeAsync();
        await _network.DisposeAsync();
        await Service.DisposeAsync();
    }
}
