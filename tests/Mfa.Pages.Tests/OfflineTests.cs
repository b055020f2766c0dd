using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The app without a network, and its waking by a push.</summary>
public sealed class OfflineTests(Chromium chromium, Storage storage)
{
    // This browser knows no push service that runs here: it is given a subscription of the virtual one. All the rest is its own.
    private const string Subscribe = """
        PushManager.prototype.subscribe = async function (options) {
          const subscription = JSON.parse(await (await fetch(`${location.origin}/subscription-of-a-test`)).text());
          window.asked = { visible: options.userVisibleOnly, key: new Uint8Array(options.applicationServerKey).length };
          return { endpoint: subscription.endpoint, toJSON: () => subscription };
        };
        """;

    private const string Notifications =
        "() => navigator.serviceWorker.getRegistrations().then((rs) => Promise.all(rs.map((r) => r.getNotifications()))).then((all) => all.flat().map((n) => `${n.title}|${n.body}`).join())";

    [Fact]
    public async Task It_starts_and_shows_codes_without_a_network_which_the_service_takes()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var (challenge, another) = (await setUp.AskAsync(), await service.Enroll("bob"));
        await app.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await app.Context.SetOfflineAsync(true);
        await app.Page.ReloadAsync();
        await app.Page.Locator(".digits").WaitForAsync();
        Assert.Equal("verified", (await service.Shop.VerifyAsync(challenge["id"], await app.Code()))["state"]);

        // And it adds what takes no service.
        await app.AddSeed("otpauth://totp/Bank:alice?secret=JBSWY3DPEHPK3PXP");
        await app.Paste(another.Link);
        await app.Add();
        await app.Sees("The service can't be reached");
    }

    [Fact]
    public async Task Another_language_is_there_without_a_network_too()
    {
        await using var files = new AppFiles();
        await files.InitializeAsync();
        await using var app = await App.Open(chromium.Browser, files);
        await app.Page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await app.Context.SetOfflineAsync(true);
        await app.Page.ReloadAsync();
        await app.Button("Settings").ClickAsync();
        await app.Page.GetByLabel("Nederlands").ClickAsync();
        await app.Sees("Nog geen accounts");
        Assert.Equal("nl", await app.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
    }

    [Fact]
    public async Task A_new_version_takes_over_whole_at_the_next_start()
    {
        await using var files = new AppFiles();
        await files.InitializeAsync();
        await using var context = await chromium.Browser.NewContextAsync(Looks.Phone());
        var page = await context.NewPageAsync();
        await page.GotoAsync(files.Url + "/authenticator");
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        files.Version = "next";
        await page.EvaluateAsync("async () => (await navigator.serviceWorker.getRegistration('/authenticator')).update()");
        await BecomesAsync(page, "() => navigator.serviceWorker.getRegistration('/authenticator').then((r) => r.waiting ? 'waits' : '')", "waits");
        Assert.Equal(2, await page.EvaluateAsync<int>("async () => (await caches.keys()).length"));
        await page.ReloadAsync();
        await BecomesAsync(page, "() => caches.keys().then((names) => names.join())", "authenticator-next");
        await page.GetByText("No accounts yet").WaitForAsync();
    }

    [Fact]
    public async Task An_app_that_is_closed_is_woken_by_a_push_that_says_nothing_about_anybody()
    {
        await using var service = await Service.Start(storage);
        using var box = await PushService.SubscribeAsync(service.Laptop.Network);
        var look = Looks.Phone();
        look.Permissions = ["notifications"];
        await using var browser = await chromium.WholeAsync();
        await using var app = await App.Open(browser, service, look, before: async context =>
        {
            await context.AddInitScriptAsync(Subscribe);
            var subscription = new System.Text.Json.Nodes.JsonObject { ["endpoint"] = box.Endpoint, ["keys"] = PushService.Keys() };
            await context.RouteAsync("**/subscription-of-a-test", route => route.FulfillAsync(new() { Body = subscription.ToJsonString() }));
        });
        var setUp = await app.SetUp();
        await app.Button("Options of Contoso, carol@contoso.example").ClickAsync();
        await app.Button("Turn on notifications").ClickAsync();
        await app.Sees("Notifications are on");
        // A point on P-256, uncompressed: the service's key.
        Assert.Equal((true, 65), await app.Page.EvaluateAsync<System.Text.Json.JsonElement>("() => window.asked") is var asked ? (asked.GetProperty("visible").GetBoolean(), asked.GetProperty("key").GetInt32()) : default);

        // What stays open is no window of the app.
        var elsewhere = await app.Context.NewPageAsync();
        await elsewhere.GotoAsync(service.Url + "/authenticator/icon.svg");
        var worker = await PushWorkerAsync(app.Context, elsewhere);
        await app.Page.CloseAsync();
        var challenge = await setUp.AskAsync();
        await box.MessageAsync();
        // From the push service to the worker the way is the browser's own.
        // A message that finds the worker just starting is lost; a push service sends it again, and its notification takes the place of the first.
        await Handset.UntilAsync(async () =>
        {
            await worker.DevTools.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = service.Url, ["registrationId"] = worker.Registration, ["data"] = "" });
            await Task.Delay(1000);
            return await elsewhere.EvaluateAsync<string>(Notifications);
        }, shown => shown == "A sign-in waits for you|Open the app to look at it.", "notification");

        // Once the app shows the request, the notification has done its work.
        await app.Reopen();
        await app.Title("Sign in to Contoso Expenses?");
        await BecomesAsync(elsewhere, Notifications, "");
        await app.Approve(challenge["number"]);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
    }

    // Playwright's own waiting takes a promise for the truth. The page may begin anew meanwhile.
    private static Task<string> BecomesAsync(IPage page, string expression, string value) => Handset.UntilAsync(async () =>
    {
        try
        {
            return await page.EvaluateAsync<string>(expression);
        }
        catch (PlaywrightException e)
        {
            return e.Message;
        }
    }, now => now == value, value);

    private static async Task<(ICDPSession DevTools, string Registration)> PushWorkerAsync(IBrowserContext context, IPage page)
    {
        var registration = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var devTools = await context.NewCDPSessionAsync(page);
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            foreach (var one in e!.Value.GetProperty("registrations").EnumerateArray().Where(r => r.GetProperty("scopeURL").GetString()!.Contains("/push/", StringComparison.Ordinal)))
            {
                registration.TrySetResult(one.GetProperty("registrationId").GetString()!);
            }
        };
        await devTools.SendAsync("ServiceWorker.enable");
        return (devTools, await registration.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
