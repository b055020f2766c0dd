using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The sign-in page in light and dark, on a phone and a desktop, with text of twice the size and in the user's own colours: axe finds nothing, and nothing is wider than the screen.</summary>
public sealed class SignInScreens(Chromium chromium, Storage storage)
{
    [Theory]
    [MemberData(nameof(ScreenTest.Screens), MemberType = typeof(ScreenTest))]
    public Task All_screens(string size, ColorScheme colours) => Walk(() => size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours), $"sign-in-{size}-{colours}");

    [Fact]
    public Task Text_of_twice_the_size_fits_the_smallest_screen() => Walk(Looks.Small, "sign-in-large", Looks.Twice);

    [Fact]
    public Task Colours_of_the_users_own() => Walk(Looks.Forced, "sign-in-forced");

    private async Task Walk(Func<BrowserNewContextOptions> looks, string folder, string? change = null)
    {
        var (service, shop) = await Shop.OpenAsync(storage, ("Policy:RememberBrowsers", "true"), ("Policy:SendAgainAfter", "00:00:00.1"));
        await using var _ = service;
        await using var __ = shop;
        using var person = await service.Laptop.SignInAsync("alice");
        var phone = service.Laptop.NewPhone();
        var proof = ("Mfa-Assertion", (await person.SetUpAsync(phone))["assertion"]);
        await person.PostAsync("me/recovery-codes", null, proof);

        await using (var page = await Follow(new() { ["how"] = "text" }))
        {
            await using var look = new Look(page, folder);
            await page.Field("code-of-text").WaitForAsync();
            await look.At("01-text");
            await page.Page.GetByText(page.Text("another-way")).ClickAsync();
            await look.At("02-another-way");
            await page.Press("use-recovery");
            await look.At("03-recovery");
            await page.Press("back");
            await page.Press("way-call", ("to", SetUpTests.Masked(phone)));
            await page.Hears("ask-call-ringing", ("to", SetUpTests.Masked(phone)));
            await look.At("04-ringing");
            await phone.AnswerAsync();
            await phone.PressAsync("0#");
            await phone.SaysAsync("You are about to report");
            await phone.PressAsync("1");
            await page.Title("title-not-verified");
            await look.At("05-denied");
        }

        await using (var page = await Follow(new() { ["context"] = Payment(), ["contact"] = false }))
        {
            await using var look = new Look(page, folder);
            await page.Title("title-agree");
            await look.At("06-agree");
        }

        await using (var page = await UserPage.Open(chromium.Browser, service.Url, "/sign-in/none", look: looks()))
        {
            await using var look = new Look(page, folder);
            await page.Wrong("fault-sign-in-link");
            await look.At("07-no-link");
        }

        async Task<UserPage> Follow(JsonObject asked)
        {
            var page = await Shop.FollowAsync(chromium.Browser, await shop.AskAsync(person.Id, asked), look: looks());
            await (change is null ? Task.CompletedTask : page.Page.EvaluateAsync(change));
            return page;
        }
    }

    private static JsonObject Payment() => new()
    {
        ["title"] = "Pay € 1,250.00",
        ["details"] = new JsonArray(new JsonObject { ["label"] = "To", ["value"] = "Van Dijk Bicycles B.V." }, new JsonObject { ["label"] = "Account", ["value"] = "NL91 ABNA 0417 1643 00" }),
    };
}
