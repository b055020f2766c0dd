using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Signing in on the service's page, as the user of a program that has none.</summary>
public sealed class SignInPageTests(Chromium chromium, Storage storage)
{
    public static TheoryData<string> EachLanguage => [.. Languages.Shipped.All.Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_a_texted_code_and_another_way_by_call(string language)
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone) = await WithPhoneAsync(service);
        var opened = await shop.AskAsync(user);
        await using (var page = await Shop.FollowAsync(chromium.Browser, opened, language))
        {
            await page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text("title-sign-in-to", ("application", "Contoso Expenses")) }).WaitForAsync();
            // What it is for is seen before it is proved; the link's secret is nowhere any more.
            await page.Page.GetByText("Utrecht, Netherlands").WaitForAsync();
            Assert.EndsWith("/sign-in/" + opened["id"], page.Page.Url, StringComparison.Ordinal);
            await page.Type("code-of-text", await phone.CodeAsync(2));
            await page.Press("verify");
            Assert.Equal("verified", (await shop.RedeemAsync(page, opened))["state"]);
        }

        opened = await shop.AskAsync(user);
        await using (var page = await Shop.FollowAsync(chromium.Browser, opened, language))
        {
            await page.Page.GetByText(page.Text("another-way")).ClickAsync();
            await page.Press("way-call", ("to", SetUpTests.Masked(phone)));
            await phone.AnswerAsync();
            await page.Hears("ask-call-answered");
            await phone.PressAsync("#");
            await shop.RedeemAsync(page, opened);
        }
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_a_reply_to_the_text(string language)
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone) = await WithPhoneAsync(service);
        var opened = await shop.AskAsync(user);
        await using var page = await Shop.FollowAsync(chromium.Browser, opened, language);
        await page.Hears("ask-text", ("to", SetUpTests.Masked(phone)));
        await phone.TextAsync(Laptop.Sender, await phone.CodeAsync(2));
        await shop.RedeemAsync(page, opened);
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_notification_with_the_number_by_code_and_by_a_recovery_code(string language)
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var opened = await shop.AskAsync(setUp.User.Id);
        await using (var page = await Shop.FollowAsync(chromium.Browser, opened, language))
        {
            await page.Hears("ask-notification-number", ("to", "Chrome, Linux"));
            await app.Approve(await page.Number());
            await shop.RedeemAsync(page, opened);
        }

        opened = await shop.AskAsync(setUp.User.Id, new() { ["contact"] = false });
        await using (var page = await Shop.FollowAsync(chromium.Browser, opened, language))
        {
            // Nobody was contacted yet, so all ways are there.
            await page.Press("way-code", ("to", "Chrome, Linux"));
            await page.Type("code-of-code", await app.Code());
            await page.Press("verify");
            await shop.RedeemAsync(page, opened);
        }
    }

    [Fact]
    public async Task By_a_recovery_code_which_is_asked_last()
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone, person) = await WithPhoneOfAsync(service);
        var codes = await person.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", (await person.GetAsync("me/enrollments/" + Enrollment))["assertion"]));
        Assert.Equal(201, codes.Status);
        var opened = await shop.AskAsync(user);
        await using var page = await Shop.FollowAsync(chromium.Browser, opened);
        await page.Page.GetByText(page.Text("another-way")).ClickAsync();
        await page.Press("use-recovery");
        await page.Type("code-of-recovery", codes.Body!["codes"]![0]!.ToString());
        await page.Press("verify");
        await shop.RedeemAsync(page, opened);
        Assert.Equal(2, (await phone.CodedAsync()).Count);
    }

    [Fact]
    public async Task What_is_agreed_to_is_shown_whole()
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone) = await WithPhoneAsync(service);
        var opened = await shop.AskAsync(user, new()
        {
            ["context"] = new JsonObject { ["title"] = "Pay € 1,250.00", ["details"] = new JsonArray(new JsonObject { ["label"] = "To", ["value"] = "Van Dijk Bicycles B.V." }) },
        });
        await using var page = await Shop.FollowAsync(chromium.Browser, opened);
        await page.Title("title-agree");
        foreach (var said in new[] { "Pay € 1,250.00", "Van Dijk Bicycles B.V.", "Contoso Expenses" })
        {
            await page.Page.GetByText(said, new() { Exact = true }).WaitForAsync();
        }

        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        await shop.RedeemAsync(page, opened);
    }

    [Fact]
    public async Task Called_off_it_goes_back_and_says_so()
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, _) = await WithPhoneAsync(service);
        await using var page = await Shop.FollowAsync(chromium.Browser, await shop.AskAsync(user));
        await page.Press("cancel");
        Assert.Equal("cancelled", (await shop.ReturnedAsync(page))["error"]);
    }

    [Fact]
    public async Task Wrong_codes_end_it_and_the_user_is_told_before_they_go_back()
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone) = await WithPhoneAsync(service);
        await using var page = await Shop.FollowAsync(chromium.Browser, await shop.AskAsync(user));
        var wrong = await phone.CodeAsync(2) == "111111" ? "222222" : "111111";
        for (var left = 4; left >= 0; left--)
        {
            await page.Type("code-of-text", wrong);
            await page.Press("verify");
            await (left > 0 ? page.Wrong("fault-wrong-code", ("triesLeft", $"{left}")) : page.Title("title-not-verified"));
        }

        await page.Press("sign-in-back", ("to", "Contoso Expenses"));
        Assert.Equal("failed", (await shop.ReturnedAsync(page))["error"]);
    }

    [Fact]
    public async Task A_reload_and_a_second_tab_are_the_same_sign_in_and_another_browser_is_not()
    {
        var (service, shop) = await Shop.OpenAsync(storage);
        await using var _ = service;
        await using var __ = shop;
        var (user, phone) = await WithPhoneAsync(service);
        var opened = await shop.AskAsync(user);
        await using var page = await Shop.FollowAsync(chromium.Browser, opened);
        await page.Field("code-of-text").WaitForAsync();
        await page.Page.ReloadAsync();
        var link = new Uri(opened["signInUrl"]);
        var other = await page.Tab(link.PathAndQuery + link.Fragment);
        await other.Field("code-of-text").WaitForAsync();
        await using (var stranger = await Shop.FollowAsync(chromium.Browser, opened))
        {
            await stranger.Wrong("fault-opened-elsewhere");
        }

        await other.Type("code-of-text", await phone.CodeAsync(2));
        await other.Press("verify");
        await shop.RedeemAsync(other, opened);
        await shop.ReturnedAsync(page);
        Assert.Equal(2, (await phone.CodedAsync()).Count);
    }

    [Theory]
    [InlineData("#", "fault-sign-in-link")]
    [InlineData("#p0000000000000000000000000000000000000000000", "fault-not-found")]
    public async Task A_link_that_is_not_whole_is_said(string fragment, string says)
    {
        await using var service = await Service.Start(storage);
        await using var page = await UserPage.Open(chromium.Browser, service.Url, "/sign-in/aaaaaaaaaaaaaaaaaaaaaaaaaa-c0000000000000000" + fragment);
        await page.Wrong(says);
    }

    private string Enrollment { get; set; } = "";

    private async Task<(string User, Handset Phone)> WithPhoneAsync(Service service)
    {
        var (user, phone, _) = await WithPhoneOfAsync(service);
        return (user, phone);
    }

    // By text, so the first coded text is that of the set-up.
    private async Task<(string User, Handset Phone, Person Person)> WithPhoneOfAsync(Service service)
    {
        var (person, phone) = (await service.Laptop.SignInAsync("alice"), service.Laptop.NewPhone());
        Enrollment = (await person.SetUpAsync(phone))["id"];
        // Until it is settled, the number is still a stranger's.
        await service.Laptop.RestsAsync(person, Enrollment);
        return (person.Id, phone, person);
    }
}
