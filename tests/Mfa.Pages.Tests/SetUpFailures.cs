using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What goes wrong in set-up, as its user meets it: each has its sentence and the next thing to do.</summary>
public sealed class SetUpFailures(Chromium chromium, Storage storage)
{
    private static readonly (string, string)[] s_short =
        [("Policy:CallRetryAfter", "00:00:00.5"), ("Policy:CallNeeds", "00:00:01"), ("Policy:SendAgainAfter", "00:00:00.1"), ("Policy:Silence", "00:00:01"), ("Policy:LateKeys", "00:00:00.5"), ("Policy:Calls", "2")];

    [Theory]
    [InlineData("busy", "reason-busy")]
    [InlineData("no-answer", "reason-no-answer")]
    [InlineData("decline", "reason-declined")]
    [InlineData("voicemail", "reason-no-key")]
    public async Task A_call_that_comes_to_nothing_is_placed_again_and_then_another_way_works(string habit, string reason)
    {
        await using var service = await Service.Start(storage, s_short);
        var phone = service.Laptop.NewPhone();
        await phone.HabitAsync(calls: habit);
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await CallPhone(page, phone);
        await page.Hears(reason);
        await page.Button("contact-again").WaitForAsync();
        // What else there is, is open now.
        await page.Press("way-text", ("to", SetUpTests.Masked(phone)));
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
    }

    [Fact]
    public async Task A_call_that_is_hung_up_and_one_with_the_wrong_keys()
    {
        await using var service = await Service.Start(storage, s_short);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await CallPhone(page, phone);
        await phone.AnswerAsync();
        await phone.SaysAsync("press the pound key");
        await phone.PressAsync("1");
        await phone.SaysAsync("That was not recognized");
        await phone.HangUpAsync();
        await page.Hears("reason-wrong-key");
    }

    [Fact]
    public async Task Fraud_reported_on_the_phone_rests_the_method()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await CallPhone(page, phone);
        await phone.AnswerAsync();
        await phone.PressAsync("0");
        await phone.PressAsync("#");
        await phone.SaysAsync("You are about to report");
        await phone.PressAsync("1");
        await page.Hears("reason-fraudReported");
    }

    [Fact]
    public async Task Wrong_codes_are_counted_down_and_end_it_and_it_begins_again()
    {
        await using var service = await Service.Start(storage, s_short);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await SetUpTests.TextPhone(page, phone);
        var wrong = await phone.CodeAsync() == "111111" ? "222222" : "111111";
        for (var left = 4; left > 0; left--)
        {
            await page.Type("code-of-text", wrong);
            await page.Press("verify");
            await page.Wrong("fault-wrong-code", ("triesLeft", $"{left}"));
        }

        await page.Type("code-of-text", wrong);
        await page.Press("verify");
        await page.Hears("reason-too-many-codes");
        await page.Press("contact-again");
        await page.Type("code-of-text", await phone.CodeAsync(texts: 2));
        await page.Press("verify");
        await page.Title("title-codes");
    }

    [Fact]
    public async Task Nothing_typed_is_said_and_another_text_can_be_asked_for_after_its_time()
    {
        await using var service = await Service.Start(storage, s_short);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await SetUpTests.TextPhone(page, phone);
        await page.Press("verify");
        await page.Wrong("code-missing");
        await Assertions.Expect(page.Field("code-of-text")).ToBeFocusedAsync();
        await page.Press("send-again");
        await page.Type("code-of-text", await phone.CodeAsync(texts: 2));
        await page.Press("verify");
        await page.Title("title-codes");
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("fail")]
    public async Task A_text_that_can_not_be_delivered(string habit)
    {
        await using var service = await Service.Start(storage, s_short);
        var phone = service.Laptop.NewPhone();
        await phone.HabitAsync(texts: habit);
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        await page.Press("contact-me");
        await page.Hears("reason-undeliverable");
        await page.Button("way-call", ("to", SetUpTests.Masked(phone))).WaitForAsync();
    }

    [Theory]
    [InlineData("US", "900 555 1234", "premium")]
    [InlineData("NL", "06 12", "short")]
    [InlineData("NL", "hello", "number")]
    public async Task A_number_that_is_none_is_said_at_the_form_and_keeps_what_was_typed(string region, string number, string says)
    {
        await using var service = await Service.Start(storage);
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await page.Press("contact-me");
        await page.Wrong("fault-number-missing");
        await page.Field("country").SelectOptionAsync(region);
        await page.Type("phone-number", number);
        await page.Press("contact-me");
        await page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = says }).WaitForAsync();
        Assert.Equal(number.Where(char.IsAsciiDigit), (await page.Field("phone-number").InputValueAsync()).Where(char.IsAsciiDigit));
    }

    [Fact]
    public async Task The_wrong_number_in_the_app_denies_and_it_can_be_asked_again()
    {
        await using var service = await Service.Start(storage);
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await using var app = await ActivatedAsync(page, service);
        await page.Press("contact-me");
        await app.Press(SetUp.Other(await page.Number()));
        await app.Button("Authenticate").ClickAsync();
        await page.Hears("reason-wrong-number");
        await app.Button("Done").ClickAsync();
        await page.Press("contact-again");
        await app.Approve(await page.Number());
        await page.Title("title-backup");
    }

    [Fact]
    public async Task An_account_without_an_office_phone_is_told_whom_to_ask()
    {
        await using var service = await Service.Start(storage, ("Pages:Support", "mailto:helpdesk@contoso.example"));
        await using var page = await UserPage.Open(chromium.Browser, service, "bob");
        await page.Press("set-it-up");
        await page.Sees("choose-office-none");
        await page.Sees("office-ask-admin");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("help") })).ToHaveAttributeAsync("href", "mailto:helpdesk@contoso.example");
    }

    [Fact]
    public async Task A_service_without_a_carrier_offers_the_app_alone()
    {
        await using var service = await Service.Start(storage, ("Carrier:Kind", "none"));
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Sees("choose-app");
        await Assertions.Expect(page.Page.Locator(".pick")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_blocked_account_is_told_so()
    {
        await using var service = await Service.Start(storage);
        using var admin = await Admin.SignInAsync(service.Laptop);
        var blocked = await admin.PostAsync("/api/v1/admin/users/alice/block");
        Assert.True(blocked.Status == 200, blocked.ToString());
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Choose("choose-app");
        await page.Press("set-up");
        await page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "blocked" }).WaitForAsync();
    }

    /// <summary>Sets the app up by the page's link, in a browser of its own.</summary>
    internal static async Task<App> ActivatedAsync(UserPage page, Service service)
    {
        await page.Press("set-it-up");
        await page.Choose("choose-app");
        await page.Press("set-up");
        var link = await page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("on-this-device") }).GetAttributeAsync("href");
        var app = await App.Open(page.Context.Browser!, service, fragment: new Uri(link!).Fragment);
        await app.Add();
        await app.Added();
        await page.Sees("device-found", ("device", "Chrome, Linux"));
        return app;
    }

    private static async Task CallPhone(UserPage page, Handset phone)
    {
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        await page.Check("by-call");
        await page.Press("contact-me");
    }
}
