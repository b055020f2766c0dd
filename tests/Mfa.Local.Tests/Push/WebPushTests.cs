using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mfa.Core;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Mfa.Local.Tests;

/// <summary>Wake-ups over real HTTP, to the virtual push service and to servers that behave badly.</summary>
public sealed class WebPushTests : IAsyncLifetime
{
    private static readonly Wake s_wake = new("request", TimeSpan.FromSeconds(119.5));
    private Pushing _push = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _push = await Pushing.StartAsync();

    public ValueTask DisposeAsync() => _push.DisposeAsync();

    [Fact]
    public async Task A_browser_opens_what_it_is_sent_and_knows_who_sent_it()
    {
        using var browser = await Browser.StartAsync();
        var device = await _push.SubscribeAsync(browser.P256dh, browser.Auth);
        Assert.Equal(CarrierAnswer.Done(), await _push.Carrier.WakeAsync(device, s_wake, Cancel));
        var message = Assert.Single(await _push.MessagesAsync(device))!;
        var headers = message["headers"]!;
        Assert.Equal(("120", "high", "request", "aes128gcm"), (headers["TTL"]!.ToString(), headers["Urgency"]!.ToString(), headers["Topic"]!.ToString(), headers["Content-Encoding"]!.ToString()));

        var opened = await browser.OpenAsync(message, _push.Origin);
        Assert.Null(opened["fault"]);
        Assert.Equal(("{}", Pushing.Subject, _push.Carrier.PublicKey), (opened["payload"]!.ToString(), opened["claims"]!["sub"]!.ToString(), opened["k"]!.ToString()));
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds((long)opened["claims"]!["exp"]!), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(24));

        // A test of the test: another browser opens nothing, another push service's audience is not ours.
        using var other = await Browser.StartAsync();
        Assert.NotNull((await other.OpenAsync(message, _push.Origin))["fault"]);
        Assert.Equal("ERR_JWT_CLAIM_VALIDATION_FAILED", (await browser.OpenAsync(message, "https://push.example"))["fault"]!.ToString());
    }

    [Fact]
    public async Task Of_two_wakes_on_one_topic_one_is_delivered_by_one_token_and_never_alike()
    {
        var device = await _push.SubscribeAsync();
        await _push.Carrier.WakeAsync(device, s_wake, Cancel);
        var first = Assert.Single(await _push.MessagesAsync(device))!;
        await _push.Carrier.WakeAsync(device, s_wake, Cancel);
        await _push.Carrier.WakeAsync(device, s_wake, Cancel);
        var last = Assert.Single(await _push.MessagesAsync(device))!;
        Assert.Equal(first["headers"]!["Authorization"]!.ToString(), last["headers"]!["Authorization"]!.ToString());
        Assert.NotEqual(first["body"]!.ToString(), last["body"]!.ToString());
    }

    [Fact]
    public async Task A_subscription_that_is_gone_or_never_was_is_told_as_gone()
    {
        var device = await _push.SubscribeAsync();
        using var ended = await _push.Http.DeleteAsync(device.Endpoint.AbsolutePath, Cancel);
        Assert.Equal(CarrierAnswer.No(Reason.SubscriptionGone), await _push.Carrier.WakeAsync(device, s_wake, Cancel));
        Assert.Equal(CarrierAnswer.No(Reason.SubscriptionGone), await _push.Carrier.WakeAsync(Pushing.At(_push.Origin + "/push/never"), s_wake, Cancel));
    }

    [Theory]
    [InlineData("busy", true)]
    [InlineData("down", true)]
    [InlineData("refuse", false)]
    public async Task A_push_service_that_refuses_says_whether_to_try_again(string habit, bool again)
    {
        var device = await _push.SubscribeAsync();
        using var set = await _push.Http.PutAsJsonAsync(device.Endpoint.AbsolutePath + "/habit", new { deliver = habit }, Cancel);
        var answer = await _push.Carrier.WakeAsync(device, s_wake, Cancel);
        Assert.Equal(again ? CarrierAnswer.NotNow(TimeSpan.FromSeconds(2)) : CarrierAnswer.No(Reason.Undeliverable), answer);
    }

    [Fact]
    public async Task A_subscription_made_for_another_key_is_refused_and_told_to_the_operator()
    {
        var device = await _push.SubscribeAsync(key: Pushing.SettingsOf().Key!.Public);
        Assert.Equal(CarrierAnswer.No(Reason.Undeliverable), await _push.Carrier.WakeAsync(device, s_wake, Cancel));
        Assert.Contains("Push__VapidKey", Assert.Single(_push.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("201 Created", "", "done")]
    [InlineData("204 No Content", "", "done")]
    [InlineData("400 Bad Request", "", "no")]
    [InlineData("401 Unauthorized", "", "no")]
    [InlineData("403 Forbidden", "", "no")]
    [InlineData("413 Payload Too Large", "", "no")]
    [InlineData("404 Not Found", "", "gone")]
    [InlineData("410 Gone", "", "gone")]
    [InlineData("429 Too Many Requests", "Retry-After: 5", "not now, 5 s")]
    [InlineData("429 Too Many Requests", "Retry-After: Wed, 01 Jan 2020 00:00:00 GMT", "not now")]
    [InlineData("503 Service Unavailable", "Retry-After: 5", "not now, 5 s")]
    [InlineData("500 Internal Server Error", "Retry-After: 5", "unknown, 5 s")]
    [InlineData("408 Request Timeout", "", "unknown")]
    public async Task A_status_means(string status, string header, string means)
    {
        using var server = new RawServer($"HTTP/1.1 {status}\r\n{header}{(header.Length > 0 ? "\r\n" : "")}Content-Length: 0\r\n\r\n");
        Assert.Equal(means, Said(await _push.Carrier.WakeAsync(Pushing.At(server.Url + "secret"), s_wake, Cancel)));
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        using var elsewhere = new RawServer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        using var server = new RawServer($"HTTP/1.1 {status}\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("no", Said(await _push.Carrier.WakeAsync(Pushing.At(server.Url), s_wake, Cancel)));
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read()
    {
        using var server = new RawServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000000000\r\n\r\n" + new string('x', 100_000));
        using var silent = new RawServer(null);
        Assert.Equal("no", Said(await _push.Carrier.WakeAsync(Pushing.At(server.Url), s_wake, Cancel)));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.Equal("unknown", Said(await _push.Carrier.WakeAsync(Pushing.At(silent.Url), s_wake, soon.Token)));
    }

    [Fact]
    public async Task A_push_service_that_is_away_was_sent_nothing()
    {
        Assert.Equal("not now", Said(await _push.Carrier.WakeAsync(Pushing.At($"http://127.0.0.1:{FreePorts.Take(1)}/"), s_wake, Cancel)));
        using var carrier = new WebPush(_push.Settings, new(true, (_, _) => throw new SocketException((int)SocketError.HostNotFound)), TimeProvider.System, _push.Log.For<WebPush>());
        Assert.Equal("not now", Said(await carrier.WakeAsync(Pushing.At("https://fcm.googleapis.com/x"), s_wake, Cancel)));
    }

    [Fact]
    public async Task A_push_service_whose_certificate_nobody_vouches_for_is_sent_nothing()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, at => at.UseHttps(certificate)));
        await using var server = builder.Build();
        var reached = false;
        server.Run(_ =>
        {
            reached = true;
            return Task.CompletedTask;
        });
        await server.StartAsync(Cancel);
        Assert.Equal("not now", Said(await _push.Carrier.WakeAsync(Pushing.At(server.Urls.Single()), s_wake, Cancel)));
        Assert.False(reached);
    }

    [Fact]
    public async Task No_line_of_the_log_holds_an_endpoints_path_or_a_key()
    {
        using var server = new RawServer("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        var device = Pushing.At(server.Url + "secret-of-the-device");
        await _push.Carrier.WakeAsync(device, s_wake, Cancel);
        Assert.NotEmpty(_push.Log.Text);
        Assert.All(["secret-of-the-device", device.P256dh, device.Auth], secret => Assert.DoesNotContain(secret, _push.Log.Text + device + _push.Settings + _push.Settings.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_there_is_none_to_subscribe_by_and_nobody_is_woken()
    {
        var off = new NoPush();
        Assert.Null(off.PublicKey);
        Assert.Equal("no", Said(await off.WakeAsync(Pushing.At("https://fcm.googleapis.com/x"), s_wake, Cancel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    public void A_topic_that_no_push_service_takes_is_none(string topic) => Assert.Throws<ArgumentException>(() => new Wake(topic, TimeSpan.Zero));

    private static string Said(CarrierAnswer answer) =>
        (answer.Failure switch
        {
            null => "done",
            { Transient: true, Refused: true, Reason: Reason.CarrierDown } => "not now",
            { Transient: true, Refused: false, Reason: Reason.CarrierDown } => "unknown",
            { Reason: Reason.SubscriptionGone, Transient: false, Refused: true } => "gone",
            { Reason: Reason.Undeliverable, Transient: false, Refused: true } => "no",
            var other => $"{other}",
        }) + (answer.Failure?.RetryAfter is { } after ? $", {after.TotalSeconds} s" : "");
}
