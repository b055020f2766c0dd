using System.Net;
using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Mfa.Contract;

/// <summary>A device is woken through a push service, which may be slow, forgetful, or none of ours.</summary>
public sealed class DeviceWakes(SignInLaptop shared) : SignInTest(shared), IDisposable
{
    private DeviceApp? _app;

    private DeviceApp App => _app ??= new(Laptop.Url);

    public void Dispose() => _app?.Dispose();

    [Theory]
    [InlineData("once", 1)]
    [InlineData("twice", 2)]
    [InlineData("lose", 0)]
    [InlineData("refuse", 0)]
    public async Task However_a_wake_up_comes_the_sign_in_is_the_same(string habit, int messages)
    {
        using var box = await SubscribedAsync();
        await box.HabitAsync(habit);
        var opened = await ChallengeAsync(By("notification"));
        if (messages > 0)
        {
            await box.MessageAsync(messages);
        }

        Assert.Equal("verified", (await App.AnswerAsync(await App.RequestAsync(), "authenticate", opened["number"]))["state"]);
        Assert.Equal("verified", (await Shop.SeeAsync(opened["id"]))["state"]);
        Assert.Equal(messages, (await box.MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_push_service_that_is_down_is_asked_again()
    {
        using var box = await SubscribedAsync();
        await box.HabitAsync("down");
        var opened = await ChallengeAsync(By("notification"));
        await Shop.WaitForAsync(opened["id"], r => r["version"] != "1");
        Assert.Null((await Shop.SeeAsync(opened["id"])).Text("verification.reason"));
        await box.HabitAsync("once");
        await box.MessageAsync();
    }

    [Fact]
    public async Task A_subscription_that_is_gone_is_dropped_and_another_takes_its_place()
    {
        using var box = await SubscribedAsync();
        await box.EndAsync();
        var opened = await ChallengeAsync(By("notification"));
        await Shop.WaitForAsync(opened["id"], r => r["version"] == "2");
        Assert.Equal("", await PushColumnAsync());
        Assert.Equal("denied", (await App.AnswerAsync(await App.RequestAsync(), "deny"))["state"]);
        using var next = await PushService.SubscribeAsync(Laptop.Network);
        Assert.Equal(204, (await PutAsync(next.Endpoint)).Status);
        await ChallengeAsync(By("notification"));
        await next.MessageAsync();
    }

    [Fact]
    public async Task What_is_no_subscription_of_a_push_service_is_refused_and_nothing_is_stored()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var good = PushService.Keys();
        JsonObject With(string name, string value)
        {
            var keys = (JsonObject)good.DeepClone();
            keys[name] = value;
            return keys;
        }

        var point = good["p256dh"]!.ToString();
        foreach (var (endpoint, keys) in new (string, JsonObject?)[]
        {
            ("https://fcm.googleapis.com/x", With("p256dh", point[..^2] + (point[^2..] == "AA" ? "BB" : "AA"))),
            ("https://fcm.googleapis.com/x", With("p256dh", "AAAA")),
            ("https://fcm.googleapis.com/x", With("auth", "AAAA")),
            ("https://fcm.googleapis.com/x", null),
            ("http://fcm.googleapis.com/x", good),
            ("https://fcm.googleapis.com:8443/x", good),
            ("https://user@fcm.googleapis.com/x", good),
            ("https://fcm.googleapis.com/x#y", good),
            ("https://fcm.googleapis.com.evil.example/x", good),
            ("https://169.254.169.254/latest", good),
            ("https://[fd00::1]/x", good),
            ("https://internal.example/x", good),
            ("ftp://127.0.0.1/x", good),
            ("file:///etc/passwd", good),
            ("nonsense", good),
            ($"https://fcm.googleapis.com/{new string('x', 1000)}", good),
        })
        {
            var refused = await App.SendAsync(HttpMethod.Put, "push", new() { ["endpoint"] = endpoint, ["keys"] = keys?.DeepClone() });
            Assert.True(refused.Status is 422 or 400 && refused.Code is "push-endpoint" or "invalid-request", $"{endpoint}: {refused}");
        }

        Assert.Null(await PushColumnAsync());
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a00:1450:4001::200e", true)]
    public void An_address_is_public_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_elsewhere_after_it_was_looked_at_leads_nowhere()
    {
        var asked = 0;
        var settings = new PushSettings("k", "d", "mailto:a@b.example", ["push.example"], AllowLoopback: false);
        var endpoints = new PushEndpoints(settings, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "93.184.215.14" : "127.0.0.1")]));
        Assert.Null(await endpoints.FaultAsync(new Uri("https://push.example/x"), default));
        await using var inside = await Tap.StartAsync("http://127.0.0.1:9");
        using var http = endpoints.NewClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://push.example:{new Uri(inside.Url).Port}/x")));
        Assert.Equal((2, 0), (asked, inside.Requests.Count));
        // One private address among others is one too many.
        var mixed = new PushEndpoints(settings, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")]));
        Assert.NotNull(await mixed.FaultAsync(new Uri("https://push.example/x"), default));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var away = await Tap.StartAsync("http://127.0.0.1:9");
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        builder.Services.RemoveAll<Microsoft.Extensions.Logging.ILoggerProvider>();
        await using var there = builder.Build();
        there.Urls.Add("http://127.0.0.1:0");
        Microsoft.AspNetCore.Builder.RunExtensions.Run(there, http =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = away.Url;
            return Task.CompletedTask;
        });
        await there.StartAsync(TestContext.Current.CancellationToken);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var (q, d) = (key.ExportParameters(true).Q, key.ExportParameters(true).D!);
        var settings = new PushSettings(
            Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode([4, .. q.X!, .. q.Y!]), Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(d), "mailto:a@b.example", [], AllowLoopback: true);
        using var push = new WebPush(settings, new PushEndpoints(settings));
        var keys = PushService.Keys();
        var answer = await push.WakeAsync(new(new Uri(there.Urls.Single() + "/x"), keys["p256dh"]!.ToString(), keys["auth"]!.ToString()), new("topic", TimeSpan.FromMinutes(1)), default);
        Assert.Equal((Reason.Undeliverable, false), (answer.Failure!.Reason, answer.Failure.Transient));
        Assert.Empty(away.Requests);
        await there.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<PushService> SubscribedAsync()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var box = await PushService.SubscribeAsync(Laptop.Network);
        Assert.Equal(204, (await PutAsync(box.Endpoint)).Status);
        return box;
    }

    private Task<Reply> PutAsync(string endpoint) => App.SendAsync(HttpMethod.Put, "push", new() { ["endpoint"] = endpoint, ["keys"] = PushService.Keys() });

    private async Task<string?> PushColumnAsync()
    {
        var table = new Azure.Data.Tables.TableClient(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + "accounts");
        return (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(App.Id[..26], $"inbox-{App.Id}")).Value.GetString("Push");
    }
}
