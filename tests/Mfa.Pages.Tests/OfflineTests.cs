using System.Text.Json;
using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>The app without a network, and its waking by a push.</summary>
public sealed class OfflineTests(Chromium chromium)
{
    // A browser without its maker's push service, as this one, has no subscription to give.
    private const string Subscribe = """
        () => {
          PushManager.prototype.subscribe = async (options) => {
            window.asked = { visible: options.userVisibleOnly, key: btoa(String.fromCharCode(...new Uint8Array(options.applicationServerKey))) };
            return { endpoint: "https://push.example/1", toJSON: () => ({ endpoint: "https://push.example/1", keys: { p256dh: "BPub", auth: "YXV0aA" } }) };
          };
        }
        """;

    [Fact]
    public async Task It_starts_and_shows_codes_without_a_network()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        await app.Activate();
        await app.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await app.Context.SetOfflineAsync(true);
        await app.Page.ReloadAsync();
        await app.Page.Locator(".digits").WaitForAsync();
        Assert.Contains(await app.Code(), await Oathtool.NowAsync(service.Secret));

        // And it adds what takes no service.
        await app.AddSeed("otpauth://totp/Bank:alice?secret=JBSWY3DPEHPK3PXP");
        await app.Paste(service.Enroll().Link);
        await app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await app.Sees("The service can't be reached");
    }

    [Fact]
    public async Task Notifications_are_turned_on_by_a_button_and_the_service_is_told_where()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service, WithNotifications());
        await app.Page.EvaluateAsync(Subscribe);
        var device = await app.Activate();
        await app.Button("Options of Contoso, alice@contoso.example").ClickAsync();
        await app.Button("Turn on notifications").ClickAsync();
        await app.Sees("Notifications are on.");
        Assert.Equal("""{"endpoint":"https://push.example/1","keys":{"p256dh":"BPub","auth":"YXV0aA"}}""", device.Push!.Value.GetRawText());
        var asked = await app.Page.EvaluateAsync<JsonElement>("() => window.asked");
        Assert.True(asked.GetProperty("visible").GetBoolean());
        Assert.Equal(service.PushKey, Canonical.Base64Url(asked.GetProperty("key").GetBytesFromBase64()));
    }

    [Fact]
    public async Task A_push_wakes_the_app_and_its_notification_says_nothing_about_anybody()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service, WithNotifications());
        await app.Page.EvaluateAsync(Subscribe);
        await app.Activate();
        await app.Button("Options of Contoso, alice@contoso.example").ClickAsync();
        await app.Button("Turn on notifications").ClickAsync();
        await app.Sees("Notifications are on.");

        // As the browser's push service would, to the worker that has the subscription.
        var registration = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var devTools = await app.Context.NewCDPSessionAsync(app.Page);
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            foreach (var one in e!.Value.GetProperty("registrations").EnumerateArray().Where(r => r.GetProperty("scopeURL").GetString()!.Contains("/push/", StringComparison.Ordinal)))
            {
                registration.TrySetResult(one.GetProperty("registrationId").GetString()!);
            }
        };
        await devTools.SendAsync("ServiceWorker.enable");
        var id = await registration.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await devTools.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = service.Url, ["registrationId"] = id, ["data"] = "{}" });
        await app.Page.WaitForFunctionAsync(Notifications + ".then((all) => all.length === 1)");
        var shown = await app.Page.EvaluateAsync<string>($"() => {Notifications}.then(([n]) => n.title + '|' + n.body)");
        Assert.Equal("A sign-in waits for you|Open the app to look at it.", shown);

        // Once the app shows the request, the notification has done its work.
        await app.Button("Close").ClickAsync();
        service.Ask(service.Device);
        await app.Title("Sign in to Contoso Expenses?");
        await app.Page.WaitForFunctionAsync(Notifications + ".then((all) => all.length === 0)");
    }

    private const string Notifications = "navigator.serviceWorker.getRegistrations().then((rs) => Promise.all(rs.map((r) => r.getNotifications()))).then((all) => all.flat())";

    private static BrowserNewContextOptions WithNotifications()
    {
        var look = Looks.Phone();
        look.Permissions = ["notifications"];
        return look;
    }
}
