using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Signing in to a program by OpenID Connect, in a browser: from its link to the company's issuer, to the second step, and back.</summary>
public sealed class OpenIdVisits(Chromium chromium, ProgramSite program) : IClassFixture<ProgramSite>
{
    public static TheoryData<string> EachLanguage => [.. Languages.Shipped.All.Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_a_texted_code_and_the_way_back_in_the_history_is_to_the_program(string language)
    {
        var (user, phone) = await program.WithPhoneAsync();
        await using var page = await program.OpenAsync(chromium.Browser, language: language);
        await ProgramSite.SignInAsync(page, user);
        await page.Title("title-sign-in-to", ("application", "The program"));
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        var token = await program.SignedInAsync(page);
        Assert.Equal((user, "urn:mfa:second-step"), (token.Subject, token.GetClaim("acr").Value));
        await program.GoBackAsync(page);
    }

    [Fact]
    public async Task Who_has_no_method_sets_one_up_on_the_way()
    {
        var phone = program.Service.Laptop.NewPhone();
        await using var page = await program.OpenAsync(chromium.Browser);
        await ProgramSite.SignInAsync(page, "bob");
        await page.Title("title-set-up-first");
        await page.Press("set-it-up");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex(@"/\?sign-in="));
        await SetUpTests.TextPhone(page, phone);
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        var token = await program.SignedInAsync(page);
        Assert.Equal(("bob", "sms"), (token.Subject, token.Claims.Last(c => c.Type == "amr").Value));
    }

    [Fact]
    public async Task Who_calls_it_off_is_back_at_the_program_at_once()
    {
        var (user, _) = await program.WithPhoneAsync();
        await using var page = await program.OpenAsync(chromium.Browser);
        await ProgramSite.SignInAsync(page, user);
        await page.Press("cancel");
        var back = await program.ReturnedAsync(page);
        Assert.Equal(("access_denied", "cancelled"), (back["error"], back["error_description"]));
        await program.GoBackAsync(page);
    }

    [Fact]
    public async Task Who_goes_back_in_the_middle_is_at_the_program_and_begins_again()
    {
        var (user, phone) = await program.WithPhoneAsync();
        await using var page = await program.OpenAsync(chromium.Browser);
        await ProgramSite.SignInAsync(page, user);
        await page.Field("code-of-text").WaitForAsync();
        await phone.CodeAsync(2);
        await program.GoBackAsync(page);
        // The issuer remembers who it was.
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.Type("code-of-text", await phone.CodeAsync(3));
        await page.Press("verify");
        Assert.Equal(user, (await program.SignedInAsync(page)).Subject);
    }

    [Fact]
    public async Task Who_need_not_is_asked_by_the_issuer_alone_and_there_again_where_the_program_says_so()
    {
        var user = Person.NewName();
        await using var page = await program.OpenAsync(chromium.Browser, "?prompt=login&max_age=60");
        await ProgramSite.SignInAsync(page, user);
        Assert.Equal("urn:mfa:not-required", (await program.SignedInAsync(page)).GetClaim("acr").Value);
        await program.GoBackAsync(page);
        await ProgramSite.SignInAsync(page, user);
        await program.ReturnedAsync(page);
    }

    [Fact]
    public async Task The_user_whom_the_program_names_is_named_to_the_issuer()
    {
        var (user, phone) = await program.WithPhoneAsync();
        await using var page = await program.OpenAsync(chromium.Browser, $"?login_hint={user}");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        Assert.Equal(user, (await program.SignedInAsync(page)).Subject);
    }

    [Fact]
    public async Task A_request_that_can_go_nowhere_is_said_on_a_page()
    {
        await using var page = await program.OpenAsync(chromium.Browser, "?client_id=nobody");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text("title-fault") }).WaitForAsync();
        await page.Shows("client_id");
        Assert.Equal(new Uri(program.Service.Url).Authority, new Uri(page.Page.Url).Authority);
    }
}
