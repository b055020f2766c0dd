using System.Text.Json.Nodes;
using Mfa.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The pages in a language that is written from right to left: they are mirrored, fit the screen, and what is read or typed elsewhere still reads from left to right.</summary>
public sealed class RightToLeft(Chromium chromium, Storage storage)
{
    // Where the characters of a text stand, from the first to the last, on each of its lines.
    private const string Order = """
        (text) => {
          const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          const wrong = [];
          let found = 0;
          while (walk.nextNode()) {
            const at = walk.currentNode.data.replaceAll("\u00a0", " ").indexOf(text);
            if (at < 0 || !walk.currentNode.parentElement.checkVisibility()) continue;
            found++;
            const range = document.createRange();
            let before;
            for (let i = at; i < at + text.length; i++) {
              range.setStart(walk.currentNode, i);
              range.setEnd(walk.currentNode, i + 1);
              const box = range.getBoundingClientRect();
              if (before && box.width > 0 && box.top < before.bottom && box.left < before.left) wrong.push(`${text}: ${text[i - at]} stands before ${text[i - at - 1]}`);
              if (box.width > 0) before = box;
            }
          }
          return found === 0 ? [`${text} is not there`] : wrong;
        }
        """;

    private string _url = "";

    [Fact]
    public async Task Set_up_settings_and_sign_in_read_right_to_left_and_numbers_do_not()
    {
        var (service, shop) = await Shop.OpenAsync(storage, ("Policy:AppPasswords", "true"), ("Policy:SendAgainAfter", "00:00:00.1"));
        await using var _ = service;
        await using var __ = shop;
        _url = (await service.Laptop.AddHeadAsync(services: s => s.AddSingleton(p => new UserPages(MfaSettings.Read(new SettingsReader(p.GetRequiredService<IConfiguration>())).Pages, Mirror.All)))).Url.ToString().TrimEnd('/');
        using var user = await Person.SignInAsync(_url, "alice");
        var phone = service.Laptop.NewPhone();
        await SetUpAsync(user, phone);
        await SettingsAsync(phone);
        await SignInAsync(service, shop, user, phone);
    }

    private async Task SetUpAsync(Person user, Handset phone)
    {
        await using var page = await OpenAsync("/?login_hint=" + user.Id);
        await using var look = new Look(page, "right-to-left");
        await page.Title("title-welcome");
        await Look(page, look, "01-welcome");
        await page.Press("set-it-up");
        await page.Title("title-choose");
        // The company's number of the demo user, in the midst of a sentence.
        await Look(page, look, "02-choose", "+1");
        await page.Choose("choose-office");
        await page.Title("title-office");
        Assert.Equal("ltr", await DirectionAsync(page, "input[readonly]"));
        await Look(page, look, "03-office");
        await page.Page.GoBackAsync();
        await page.Choose("choose-call");
        await page.Title("title-phone");
        await SetUpTests.TypePhone(page, phone);
        Assert.Equal("ltr", await DirectionAsync(page, "input[type=tel]"));
        await Look(page, look, "04-phone");
        await page.Press("contact-me");
        await page.Field("code-of-text").WaitForAsync();
        Assert.Equal("ltr", await DirectionAsync(page, ".code input"));
        await Look(page, look, "05-code", SetUpTests.Masked(phone));
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        await page.Press("codes-make");
        await page.Title("title-codes-made");
        Assert.Equal("ltr", await DirectionAsync(page, ".codes code"));
        await Look(page, look, "06-codes", [.. await page.Page.Locator(".codes code").AllInnerTextsAsync()]);
        await page.Press("codes-kept");
        await page.Title("title-passwords");
        await page.Type("password-name", "Mail");
        await page.Press("password-make");
        // The codes took the second step of the set-up.
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        await Look(page, look, "07-password", await page.Page.Locator(".secret").InnerTextAsync());
        await page.Press("done");
        await page.Title("title-done");
        await Look(page, look, "08-done", SetUpTests.Masked(phone));
    }

    private async Task SettingsAsync(Handset phone)
    {
        await using (var page = await OpenAsync("/settings?login_hint=alice"))
        {
            await using var look = new Look(page, "right-to-left");
            await page.Page.Locator(".activity li").First.WaitForAsync();
            await Look(page, look, "09-settings", SetUpTests.Masked(phone));
        }

        await using (var page = await OpenAsync("/?login_hint=" + Person.NewName()))
        {
            await using var look = new Look(page, "right-to-left");
            await page.Press("set-it-up");
            await page.Choose("choose-app");
            await page.Check("app-code");
            await page.Press("set-up");
            await page.Page.GetByText(page.Text("cant-scan")).ClickAsync();
            Assert.Equal("ltr", await DirectionAsync(page, ".activation dd code"));
            await Look(page, look, "10-app", [.. await page.Page.Locator(".activation dd code").AllInnerTextsAsync()]);
        }
    }

    private async Task SignInAsync(Service service, Shop shop, Person user, Handset phone)
    {
        var proof = ("Mfa-Assertion", (await ProveAsync(user, phone))["assertion"]);
        using var app = new DeviceApp(_url);
        await user.SetUpDeviceAsync(app, proof);
        var details = new JsonArray(new JsonObject { ["label"] = "IBAN", ["value"] = "NL91 ABNA 0417 1643 00" }, new JsonObject { ["label"] = "סכום", ["value"] = "€ 1,250.00 (+ 21%)" });
        var opened = await shop.AskAsync(user.Id, new() { ["how"] = "notification", ["context"] = new JsonObject { ["title"] = "Pay Van Dijk (12)!", ["details"] = details } });
        var link = new Uri(opened["signInUrl"]);
        await using var page = await OpenAsync(link.PathAndQuery + link.Fragment);
        await using var look = new Look(page, "right-to-left");
        await page.Title("title-agree");
        var number = await page.Number();
        await Look(page, look, "11-sign-in", number, "NL91 ABNA 0417 1643 00", "Pay Van Dijk (12)!", "203.0.113.7", "€ 1,250.00 (+ 21%)");
        await page.Page.GetByText(page.Text("another-way")).ClickAsync();
        await Look(page, look, "12-ways", SetUpTests.Masked(phone));
        await page.Press("cancel");
        Assert.Equal("cancelled", (await shop.ReturnedAsync(page))["error"]);
    }

    // The user's own second step in the session of the test.
    private static async Task<Reply> ProveAsync(Person user, Handset phone)
    {
        using var challenges = user.Challenges();
        var texts = (await phone.CodedAsync()).Count;
        var opened = await user.PostAsync("me/challenges", new JsonObject());
        return await challenges.VerifyAsync(opened["id"], await phone.CodeAsync(texts + 1));
    }

    private Task<UserPage> OpenAsync(string path) => UserPage.Open(chromium.Browser, _url, path, Mirror.Tag, Looks.Narrow(), languages: Mirror.All);

    private static Task<string> DirectionAsync(UserPage page, string selector) => page.Page.Locator(selector).First.EvaluateAsync<string>("(e) => getComputedStyle(e).direction");

    private static async Task Look(UserPage page, Look look, string screen, params string[] fromLeftToRight)
    {
        await look.At(screen);
        Assert.Equal("rtl", await page.Page.EvaluateAsync<string>("() => document.documentElement.dir"));
        Assert.Equal("rtl", await DirectionAsync(page, "main h1"));
        foreach (var text in fromLeftToRight)
        {
            Assert.Empty(await page.Page.EvaluateAsync<string[]>(Order, text));
        }
    }
}
