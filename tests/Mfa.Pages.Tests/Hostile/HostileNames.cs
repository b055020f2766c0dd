using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Everything that can be named is named to do harm: it is text on every page, as it was written.</summary>
public sealed class HostileNames(Chromium chromium, Storage storage)
{
    private const string Company = "<img src=x onerror=__ran=1>{{script}}";
    private const string Logo = """data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="top.__ran=1"><script>top.__ran=1</script></svg>""";
    private const string Support = """https://help.example.com/"><script>__ran=1</script>""";
    private const string Device = "<b onclick=__ran=1>x</b><img src=x onerror=__ran=1>";

    [Fact]
    public async Task What_others_named_is_text_and_runs_nowhere()
    {
        var (service, shop) = await Shop.OpenAsync(
            storage, ("Service:Name", Company), ("Pages:Logo", Logo), ("Pages:Support", Support), ("Policy:AppPasswords", "true"), ("Policy:RememberBrowsers", "true"), ("Policy:SendAgainAfter", "00:00:00.1"));
        await using var _ = service;
        await using var __ = shop;
        using var user = await service.Laptop.SignInAsync("alice");
        using var app = new DeviceApp(service.Url);
        var phone = service.Laptop.NewPhone();
        var setUp = await user.SetUpAsync(phone);
        await service.Laptop.RestsAsync(user, setUp["id"]);
        await NameAll(service, user, app, phone, setUp["assertion"]);

        await using (var page = await Open(service, "/settings?login_hint=alice"))
        {
            await page.Shows(Watch.Short, Device, Company, Watch.Markup);
            await Assertions.Expect(page.Page.Locator(".activity")).ToContainTextAsync(Watch.Markup);
            await Assertions.Expect(page.Page.Locator("footer a")).ToHaveAttributeAsync("href", Support);
            await Assertions.Expect(page.Page.Locator("header img")).ToHaveJSPropertyAsync("naturalWidth", 40);
            await Watched(page).Harmless(page.Page, "settings");
        }

        await using (var page = await Open(service, "/?login_hint=alice"))
        {
            await page.Shows(Device);
            await Watched(page).Harmless(page.Page, "set-up");
        }

        var context = new JsonObject { ["title"] = Watch.Markup, ["details"] = new JsonArray(new JsonObject { ["label"] = "<i>To</i>", ["value"] = Watch.Markup }) };
        var opened = await shop.AskAsync(user.Id, new() { ["application"] = Watch.Markup, ["place"] = Watch.Markup, ["ip"] = Watch.Short, ["context"] = context });
        var link = new Uri(opened["signInUrl"]);
        await using (var page = await Open(service, link.PathAndQuery + link.Fragment))
        {
            await page.Shows(Watch.Markup, Watch.Short, "<i>To</i>", Device);
            await Watched(page).Harmless(page.Page, "sign-in");
        }
    }

    private readonly Dictionary<IBrowserContext, Watch> _watches = [];

    private Watch Watched(UserPage page) => _watches[page.Context];

    private Task<UserPage> Open(Service service, string path) => UserPage.Open(chromium.Browser, service.Url, path, look: Looks.Narrow(), before: context =>
    {
        _watches[context] = Watch.Over(context, service.Url);
        return Task.CompletedTask;
    });

    // A device, a browser, an app password, and what is said of them.
    private static async Task NameAll(Service service, Person user, DeviceApp app, Handset phone, string proof)
    {
        var asked = await service.Shop.ChallengeAsync(user.Id, new() { ["application"] = Watch.Markup, ["place"] = Watch.Markup, ["rememberBrowser"] = true });
        var verified = await service.Shop.PostAsync($"challenges/{asked["id"]}/verify", new JsonObject { ["code"] = await phone.CodeAsync(2), ["rememberBrowser"] = true });
        Assert.True(verified.Text("rememberedBrowser") is not null, verified.ToString());
        var opened = await user.EnrollDeviceAsync(("Mfa-Assertion", proof));
        var activated = await app.ActivateAsync(opened, new() { ["device"] = new JsonObject { ["name"] = Device, ["platform"] = Watch.Short, ["publicKey"] = app.Jwk } });
        Assert.True(activated.Status == 201, activated.ToString());
        var contacted = await user.ContactAsync(opened["id"]);
        await app.AnswerAsync(await app.RequestAsync(), "authenticate", contacted.Text("verification.number"));
        var password = await user.PostAsync("me/app-passwords", new JsonObject { ["name"] = Watch.Short }, ("Mfa-Assertion", proof));
        Assert.True(password.Status == 201, password.ToString());
    }
}
