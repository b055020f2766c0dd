using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Set-up as the guide has it, step by step, in each language.</summary>
public sealed class SetUpTests(Chromium chromium, Storage storage)
{
    public static TheoryData<string> EachLanguage => [.. Languages.Shipped.All.Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task A_phone_by_call(string language)
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", language: language);
        await page.Sees("required");
        await page.Press("set-it-up");
        await page.Title("title-choose");
        await page.Choose("choose-call");
        await TypePhone(page, phone);
        await page.Check("by-call");
        await page.Press("contact-me");
        await page.Hears("ask-call-ringing", ("to", Masked(phone)));
        await phone.AnswerAsync();
        await page.Hears("ask-call-answered");
        await phone.PressAsync("#");
        await page.Title("title-codes");
        await page.Press("skip");
        await page.Title("title-done");
        await page.Sees("recommend-app");
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task A_phone_by_a_texted_code_and_the_codes_for_a_lost_phone(string language)
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", language: language);
        await TextPhone(page, phone);
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        await page.Press("codes-make");
        await page.Title("title-codes-made");
        await Assertions.Expect(page.Page.Locator(".codes li")).ToHaveCountAsync(10);
        await page.Press("codes-kept");
        await page.Title("title-done");
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task A_phone_by_a_reply_to_the_text(string language)
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", language: language);
        await TextPhone(page, phone);
        await page.Hears("ask-text", ("to", Masked(phone)));
        await phone.TextAsync(Laptop.Sender, await phone.CodeAsync());
        await page.Title("title-codes");
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task The_office_phone_which_is_filled_in_and_not_editable(string language)
    {
        await using var service = await Service.Start(storage);
        using var office = new Handset(service.Laptop.Network, "+14255550143");
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", language: language);
        await page.Press("set-it-up");
        await page.Choose("choose-office");
        await Assertions.Expect(page.Field("office-number")).ToHaveAttributeAsync("readonly", "");
        await page.Press("contact-me");
        await office.AnswerAsync();
        await page.Hears("ask-call-answered");
        await office.PressAsync("#");
        await page.Title("title-codes");
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task The_app_by_notification_then_a_backup_phone_codes_and_app_passwords(string language)
    {
        await using var service = await Service.Start(storage, ("Policy:AppPasswords", "true"));
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice", language: language);
        await page.Press("set-it-up");
        await page.Choose("choose-app");
        await page.Press("set-up");
        var link = await page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("on-this-device") }).GetAttributeAsync("href");
        await using var app = await App.Open(chromium.Browser, service, fragment: new Uri(link!).Fragment);
        await app.Add();
        // The page sees the activation by itself, and names the device.
        await page.Sees("device-found", ("device", "Chrome, Linux"));
        await app.Added();
        await page.Press("contact-me");
        await page.Hears("ask-notification-number", ("to", "Chrome, Linux"));
        await app.Approve(await page.Number());
        await page.Title("title-backup");
        await TypePhone(page, phone);
        await page.Press("next");
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        await page.Press("codes-make");
        await page.Press("codes-kept");
        await page.Title("title-passwords");
        await page.Type("password-name", "Mail");
        await page.Press("password-make");
        await Assertions.Expect(page.Page.Locator(".secret")).ToHaveTextAsync(AppPassword());
        await page.Press("done");
        await page.Title("title-done");
    }

    private static System.Text.RegularExpressions.Regex AppPassword() => new("^[a-z]{4}( [a-z]{4}){3}$");

    internal static async Task TextPhone(UserPage page, Handset phone)
    {
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await TypePhone(page, phone);
        await page.Press("contact-me");
        await page.Field("code-of-text").WaitForAsync();
    }

    internal static async Task TypePhone(UserPage page, Handset phone)
    {
        await page.Field("country").SelectOptionAsync("NL");
        await page.Field("phone-number").PressSequentiallyAsync("0" + phone.Number[3..]);
    }

    /// <summary>As a page shows the number.</summary>
    internal static string Masked(Handset phone) => $"+31 •••••••{phone.Number[^2..]}";
}
