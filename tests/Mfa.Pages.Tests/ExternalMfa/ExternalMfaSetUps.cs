using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Who comes from Microsoft 365 for the first time sets a method up on the way, which is the second step.</summary>
public sealed class ExternalMfaSetUps(Chromium chromium, EntraLaptop laptop) : IClassFixture<EntraLaptop>
{
    public static TheoryData<string> EachLanguage => [.. Languages.Shipped.All.Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task A_phone_by_a_texted_code_and_the_next_time_it_is_asked(string language)
    {
        var (user, phone) = (EntraUser.New(), laptop.Laptop.NewPhone());
        await using (var visit = await BeginAsync(user, language))
        {
            await SetUpTests.TextPhone(visit.Page, phone);
            await visit.Page.Type("code-of-text", await phone.CodeAsync());
            await visit.Page.Press("verify");
            await visit.SignedInAsync("sms");
        }

        await using var next = await EntraVisit.BeginAsync(chromium.Browser, laptop, user, language);
        await next.Page.Type("code-of-text", await phone.CodeAsync(2));
        await next.Page.Press("verify");
        await next.SignedInAsync("sms");
    }

    [Fact]
    public async Task A_phone_by_call()
    {
        var phone = laptop.Laptop.NewPhone();
        await using var visit = await BeginAsync(EntraUser.New());
        var page = visit.Page;
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        await page.Check("by-call");
        await page.Press("contact-me");
        await phone.AnswerAsync();
        await phone.SaysAsync("press the pound key");
        await phone.PressAsync("#");
        await visit.SignedInAsync("tel");
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_in_the_middle_goes_on()
    {
        var phone = laptop.Laptop.NewPhone();
        await using var visit = await BeginAsync(EntraUser.New());
        await SetUpTests.TextPhone(visit.Page, phone);
        await visit.Page.Page.ReloadAsync();
        await visit.Page.Type("code-of-text", await phone.CodeAsync());
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task Who_goes_back_from_the_set_up_is_at_the_sign_in_again_and_goes_on()
    {
        var phone = laptop.Laptop.NewPhone();
        await using var visit = await BeginAsync(EntraUser.New());
        await visit.Page.Button("set-it-up").WaitForAsync();
        await visit.Page.Page.GoBackAsync();
        await visit.Page.Title("title-set-up-first");
        await visit.Page.Press("set-it-up");
        await AtSetUpAsync(visit.Page);
        await SetUpTests.TextPhone(visit.Page, phone);
        await visit.Page.Type("code-of-text", await phone.CodeAsync());
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }

    [Fact]
    public async Task The_set_up_of_a_sign_in_of_which_this_browser_knows_nothing_asks_for_a_link()
    {
        await using var page = await UserPage.Open(chromium.Browser, laptop.Laptop.Url, "/?sign-in=aaaaaaaaaaaaaaaaaaaaaaaaaa-c0000000000000000");
        await page.Wrong("fault-sign-in-link");
    }

    private async Task<EntraVisit> BeginAsync(EntraUser user, string language = "en")
    {
        var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user, language);
        await visit.Page.Title("title-set-up-first");
        await visit.Harmless();
        await visit.Page.Press("set-it-up");
        await AtSetUpAsync(visit.Page);
        return visit;
    }

    private static Task AtSetUpAsync(UserPage page) => Assertions.Expect(page.Page).ToHaveURLAsync(new Regex(@"/\?sign-in="));
}
