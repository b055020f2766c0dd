using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A network of its own on a free port, a receiver of its events, a carrier's client and phones.</summary>
internal sealed class Network : IAsyncDisposable
{
    public const string Own = "+18005550100";
    public const string Alice = "14255550123";
    private readonly WebApplication _app;
    private readonly SocketsHttpHandler _handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(1) };

    private Network(WebApplication app, VirtualPhoneOptions options, Receiver receiver, FakeTimeProvider? time)
    {
        (_app, Options, Receiver, Time) = (app, options, receiver, time);
        Address = app.Urls.Single();
        Http = new(_handler, disposeHandler: false) { BaseAddress = new(Address), Timeout = TimeSpan.FromSeconds(30) };
        Carrier = new(Http, options.AccessKey, time ?? TimeProvider.System);
        Phone = new(Http, Alice);
    }

    public VirtualPhoneOptions Options { get; }

    public Receiver Receiver { get; }

    /// <summary>The network's clock, where the test holds it.</summary>
    public FakeTimeProvider? Time { get; }

    public string Address { get; }

    public HttpClient Http { get; }

    public Carrier Carrier { get; }

    public Handset Phone { get; }

    /// <summary>With a clock that stands still until the test moves it.</summary>
    public static Task<Network> StartWithStoppedClock(Action<VirtualPhoneOptions>? configure = null) =>
        Start(configure, new FakeTimeProvider(DateTimeOffset.UtcNow));

    public static async Task<Network> Start(Action<VirtualPhoneOptions>? configure = null, FakeTimeProvider? time = null)
    {
        var receiver = await Receiver.Start(time ?? TimeProvider.System);
        VirtualPhoneOptions? kept = null;
        var app = VirtualPhoneNetwork.Build([], options =>
        {
            options.Url = "http://127.0.0.1:0";
            options.EventRetry = TimeSpan.FromMilliseconds(20);
            options.TextEventsUrl = receiver.TextsUrl;
            options.TextEventsSecret = "delivery secret";
            configure?.Invoke(options);
            kept = options;
        }, time);
        await app.StartAsync();
        var network = new Network(app, kept!, receiver, time);
        receiver.Trust(network.Address + "/calling/.well-known/acsopenidconfiguration", kept!);
        return network;
    }

    /// <summary>Places a call to the phone and gives its id.</summary>
    public async Task<string> Call(string? to = null, string? context = null)
    {
        var answer = await Carrier.Post("/calling/callConnections", CallBody(to, context));
        Assert.Equal(201, answer.Status);
        return answer.Body.GetProperty("callConnectionId").GetString()!;
    }

    /// <summary>Places a call, answers it, and waits until the client knows.</summary>
    public async Task<string> CallAndAnswer()
    {
        var id = await Call();
        await Phone.Post("answer");
        await Receiver.Next("CallConnected");
        await Receiver.Next("ParticipantsUpdated");
        return id;
    }

    public object CallBody(string? to = null, string? context = null) => new
    {
        targets = new[] { new { kind = "phoneNumber", rawId = $"4:{to ?? "+" + Alice}", phoneNumber = new { value = to ?? "+" + Alice } } },
        sourceCallerIdNumber = new { value = Own },
        callbackUri = Receiver.CallsUrl,
        operationContext = context,
    };

    public static object TextBody(string? to = null, bool report = false, string? repeatId = null) => new
    {
        from = Own,
        smsRecipients = new[] { new { to = to ?? "+" + Alice, repeatabilityRequestId = repeatId, repeatabilityFirstSent = repeatId is null ? null : "Mon, 23 Nov 2026 12:00:00 GMT" } },
        message = "Good day",
        smsSendOptions = new { enableDeliveryReport = report, tag = "a tag" },
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
        Http.Dispose();
        _handler.Dispose();
    }
}
