using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What a browser is remembered by on the sign-in page, and what that page shows of one who may not learn who exists.</summary>
public sealed class SignInRemembering(Chromium chromium, Storage storage) : IAsyncLifetime
{
    private Service _service = null!;
    private Shop _shop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        (_service, _shop) = await Shop.OpenAsync(storage, ("Policy:RememberBrowsers", "true"), ("Policy:SendAgainAfter", "00:00:00.1"));
        (_user, _phone) = (await _service.Laptop.SignInAsync(), _service.Laptop.NewPhone());
        // By text, so the first coded text is that of the set-up; until it is settled, the number is still a stranger's.
        await _service.Laptop.RestsAsync(_user, (await _user.SetUpAsync(_phone))["id"]);
    }

    public async ValueTask DisposeAsync()
    {
        _user?.Dispose();
        await _shop.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_remembered_browser_is_offered_and_given()
    {
        var opened = await _shop.AskAsync(_user.Id);
        await using var page = await Shop.FollowAsync(chromium.Browser, opened);
        await Box(page).CheckAsync();
        await page.Type("code-of-text", await _phone.CodeAsync(2));
        await page.Press("verify");
        Assert.NotNull((await _shop.RedeemAsync(page, opened)).Text("rememberedBrowser"));
    }

    [Fact]
    public async Task A_browser_is_remembered_by_a_call_too_and_a_reload_knows_what_was_ticked()
    {
        var opened = await _shop.AskAsync(_user.Id, new() { ["how"] = "call" });
        await using var page = await Shop.FollowAsync(chromium.Browser, opened);
        // A press that the service doesn't hear of is taken back, and said.
        await page.Page.RouteAsync("**/sign-ins/*", route => route.Request.Method == "PATCH" ? route.FulfillAsync(new() { Status = 429, ContentType = "application/problem+json", Body = """{"code":"limit","detail":"Too often."}""" }) : route.ContinueAsync());
        await Box(page).ClickAsync();
        await page.Page.GetByText("Too often.").WaitForAsync();
        await Assertions.Expect(Box(page)).Not.ToBeCheckedAsync();
        await page.Page.UnrouteAllAsync();
        await page.Page.RunAndWaitForResponseAsync(() => Box(page).ClickAsync(), r => r.Request.Method == "PATCH");
        await page.Page.ReloadAsync();
        await Assertions.Expect(Box(page)).ToBeCheckedAsync();
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        await _phone.PressAsync("#");
        Assert.NotNull((await _shop.RedeemAsync(page, opened)).Text("rememberedBrowser"));
    }

    [Fact]
    public async Task A_way_that_is_chosen_is_shown_though_the_versions_of_a_blind_callers_page_have_no_order()
    {
        using var blind = await _service.Laptop.RelyingPartyAsync("shop", "contoso", "mfa.verify", "mfa.verify.blind");
        await using var page = await Shop.FollowAsync(chromium.Browser, await _shop.AskAsync(_user.Id, party: blind));
        await page.Field("code-of-text").WaitForAsync();
        foreach (var (way, shown) in new[] { ("way-call", 0), ("way-text", 1), ("way-call", 0), ("way-text", 1), ("way-call", 0) })
        {
            if (!await page.Button(way, ("to", SetUpTests.Masked(_phone))).IsVisibleAsync())
            {
                await page.Page.GetByText(page.Text("another-way")).ClickAsync();
            }

            await page.Press(way, ("to", SetUpTests.Masked(_phone)));
            await Assertions.Expect(page.Field("code-of-text")).ToHaveCountAsync(shown);
        }
    }

    private static ILocator Box(UserPage page) => page.Page.GetByRole(AriaRole.Checkbox, new() { Name = page.Text("remember-browser") });
}
