using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Set-up in light and dark, on a phone and a desktop, with text of twice the size and in the user's own colours: axe finds nothing, and nothing is wider than the screen.</summary>
public sealed class SetUpScreens(Chromium chromium, Storage storage)
{
    [Theory]
    [MemberData(nameof(ScreenTest.Screens), MemberType = typeof(ScreenTest))]
    public Task All_screens(string size, ColorScheme colours) => Walk(size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours), $"set-up-{size}-{colours}");

    [Fact]
    public Task Text_of_twice_the_size_fits_the_smallest_screen() => Walk(Looks.Small(), "set-up-large", Looks.Twice);

    [Fact]
    public Task Colours_of_the_users_own() => Walk(Looks.Forced(), "set-up-forced");

    private async Task Walk(BrowserNewContextOptions looks, string folder, string? change = null)
    {
        await using var service = await Service.Start(storage, ("Policy:AppPasswords", "true"), ("Pages:Support", "mailto:helpdesk@contoso.example"));
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", look: looks);
        await using var look = new Look(page, folder);
        await page.Sees("required");
        await (change is null ? Task.CompletedTask : page.Page.EvaluateAsync(change));
        await look.At("01-welcome");
        await page.Press("set-it-up");
        await look.At("02-choose");
        await WithPhones(service, page, look);
        await using var app = await WithApp(service, page, look);
        await page.Title("title-passwords");
        await look.At("30-passwords");
        await page.Press("password-make");
        // The codes took the step of the set-up.
        await page.Title("title-second-step");
        await app.Approve(await page.Number());
        await page.Page.Locator(".secret").WaitForAsync();
        await look.At("31-password");
        await page.Press("done");
        await page.Title("title-done");
        await look.At("32-done");
        await page.Press("add-another");
        await page.Choose("choose-office");
        await look.At("33-office");
        if (change is null)
        {
            await page.Page.GotoAsync(service.Url + "/?login_hint=alice");
            await page.Title("title-protected");
            await look.At("34-protected");
        }
    }

    // A phone that is tried and left, so that all of set-up is still to come.
    private static async Task WithPhones(Service service, UserPage page, Look look)
    {
        var phone = service.Laptop.NewPhone();
        await page.Choose("choose-call");
        await page.Field("phone-number").WaitForAsync();
        await look.At("03-phone");
        await page.Press("contact-me");
        await page.Wrong("fault-number-missing");
        await look.At("04-number-missing");
        await SetUpTests.TypePhone(page, phone);
        await page.Press("contact-me");
        await page.Field("code-of-text").WaitForAsync();
        await look.At("05-text");
        await page.Type("code-of-text", await phone.CodeAsync() == "111111" ? "222222" : "111111");
        await page.Press("verify");
        await page.Wrong("fault-wrong-code", ("triesLeft", "4"));
        await page.Page.GetByText(page.Text("another-way")).ClickAsync();
        await look.At("06-wrong-code");
        await page.Press("cancel");
        await page.Title("title-choose");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone = service.Laptop.NewPhone());
        await page.Check("by-call");
        await page.Press("contact-me");
        await page.Hears("ask-call-ringing", ("to", SetUpTests.Masked(phone)));
        await look.At("07-ringing");
        await phone.AnswerAsync();
        await page.Hears("ask-call-answered");
        await look.At("08-answered");
        await phone.PressAsync("0#");
        await phone.SaysAsync("You are about to report");
        await phone.PressAsync("1");
        await page.Hears("reason-fraudReported");
        await look.At("09-stopped");
        await page.Press("cancel");
    }

    private static async Task<App> WithApp(Service service, UserPage page, Look look)
    {
        await page.Title("title-choose");
        await page.Choose("choose-app");
        await look.At("20-app");
        await page.Press("set-up");
        await page.Title("title-activate");
        await look.At("21-scan");
        await page.Page.GetByText(page.Text("cant-scan")).ClickAsync();
        await look.At("22-cannot-scan");
        var link = await page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("on-this-device") }).GetAttributeAsync("href");
        var app = await App.Open(page.Context.Browser!, service, fragment: new Uri(link!).Fragment);
        await app.Add();
        await app.Added();
        await page.Sees("device-found", ("device", "Chrome, Linux"));
        await look.At("23-found");
        await page.Press("contact-me");
        await page.Hears("ask-notification-number", ("to", "Chrome, Linux"));
        await look.At("24-number");
        await app.Approve(await page.Number());
        await page.Title("title-backup");
        await look.At("25-backup");
        await page.Press("skip");
        await page.Title("title-codes");
        await look.At("26-codes");
        await page.Press("codes-make");
        await page.Title("title-codes-made");
        await look.At("27-codes-made");
        await page.Press("codes-kept");
        return app;
    }
}
