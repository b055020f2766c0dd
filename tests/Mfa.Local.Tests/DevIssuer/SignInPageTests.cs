using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mfa.Local.Tests;

/// <summary>The development issuer's page in a real browser.</summary>
public sealed partial class SignInPageTests(SharedStorage storage) : SignInTest(storage)
{
    private ChromiumBrowser? _chromium;
    private IBrowserContext? _browser;

    // A page of the head's own, which does nothing with the code in its address.
    private string Own => new Uri(Head.Url, "dev/issuer.css").ToString();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _chromium = await ChromiumBrowser.StartAsync();
        _browser = await _chromium.Browser.NewContextAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_chosen_is_remembered_with_their_session_until_they_sign_out()
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(Address(("login_hint", null)));
        await page.GetByRole(AriaRole.Button, new() { Name = "alice" }).ClickAsync();
        var first = await ArrivedAsync(page);
        Assert.Equal("alice", first.User);

        var tab = await _browser.NewPageAsync();
        await tab.GotoAsync(Address(("login_hint", null), ("prompt", "none")));
        Assert.Equal(first, await ArrivedAsync(tab));
        await tab.GotoAsync(Address(("login_hint", "bob")));
        Assert.Equal("bob", (await ArrivedAsync(tab)).User);
        await page.GotoAsync(Address(("login_hint", "alice")));
        Assert.Equal(first, await ArrivedAsync(page));

        await page.GotoAsync(new Uri(Head.Url, $"dev/end-session?state=s&post_logout_redirect_uri={Uri.EscapeDataString(Own)}").ToString());
        await Assertions.Expect(page).ToHaveURLAsync($"{Own}?state=s");
        await page.GotoAsync(Address(("login_hint", null), ("prompt", "none")));
        await Assertions.Expect(page).ToHaveURLAsync(Error());
        await page.GotoAsync(Address(("login_hint", "alice")));
        Assert.NotEqual(first, await ArrivedAsync(page));
    }

    [Fact]
    public async Task Somebody_else_can_sign_in_by_any_name_and_by_the_keyboard_alone()
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(Address(("login_hint", "alice")));
        await ArrivedAsync(page);
        await page.GotoAsync(Address(("prompt", "login")));
        var box = page.GetByLabel("Or any other name");
        await Assertions.Expect(box).ToHaveValueAsync("alice");
        await box.FillAsync("erin.b");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("erin.b", (await ArrivedAsync(page)).User);
    }

    [Fact]
    public async Task A_page_of_the_same_origin_may_have_it_in_a_frame_and_one_of_another_port_may_lead_to_it()
    {
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(new Uri(Head.Url, "dev").ToString());
        await page.EvaluateAsync("address => document.body.append(Object.assign(document.createElement('iframe'), { src: address, id: 'framed' }))", Address());
        await page.Locator("#framed").ContentFrame.Locator("pre").WaitForAsync();
        await page.GotoAsync(Head.PhonesUrl!.ToString());
        await page.EvaluateAsync("address => { location.href = address }", Address(("login_hint", "carol")));
        Assert.Equal("carol", (await ArrivedAsync(page)).User);
    }

    private string Address(params (string Name, string? Value)[] otherwise) => new Uri(Head.Url, Asked([("redirect_uri", Own), .. otherwise])).ToString();

    private async Task<(string User, string Session)> ArrivedAsync(IPage page)
    {
        await Assertions.Expect(page).ToHaveURLAsync(Code());
        var claims = Claims(await RedeemAsync(Told(new Uri(page.Url))["code"], ("redirect_uri", Own)), "id_token");
        return (claims.GetProperty("sub").GetString()!, claims.GetProperty("sid").GetString()!);
    }

    [GeneratedRegex("[?]code=")]
    private static partial Regex Code();

    [GeneratedRegex("[?]error=login_required")]
    private static partial Regex Error();
}
