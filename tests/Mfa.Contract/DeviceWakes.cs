using System.Text.Json.Nodes;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task An_address_that_was_told_meanwhile_is_not_dropped_with_the_one_before()
    {
        using var first = await SubscribedAsync();
        var old = await PushColumnAsync();
        using var next = await PushService.SubscribeAsync(Laptop.Network);
        Assert.Equal(204, (await PutAsync(next.Endpoint)).Status);
        var inboxes = Laptop.Head.Services.GetRequiredService<InboxRows>();
        await inboxes.DropAsync(App.Id, old!, default);
        Assert.NotEqual("", await PushColumnAsync());
        await inboxes.DropAsync(App.Id, (await PushColumnAsync())!, default);
        Assert.Equal("", await PushColumnAsync());
    }

    [Fact]
    public async Task An_address_is_looked_at_for_who_has_the_code_and_spends_none()
    {
        using var user = await Laptop.SignInAsync();
        var opened = await user.EnrollDeviceAsync();
        JsonObject Told() => new() { ["push"] = new JsonObject { ["endpoint"] = "https://10.0.0.1/x", ["keys"] = PushService.Keys() } };
        BadInput.AssertProblem(await App.ActivateAsync(opened["id"], "AAAA-AAAA", Told()), 422, "wrong-code");
        BadInput.AssertProblem(await App.ActivateAsync(opened, Told()), 422, "push-endpoint");
        Assert.Equal("awaitingActivation", (await user.SeeAsync(opened["id"]))["state"]);
        Assert.Equal(201, (await App.ActivateAsync(opened)).Status);
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
