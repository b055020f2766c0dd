using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Settings: recovery codes, app passwords, remembered browsers and what happened; each card by itself.</summary>
public sealed class SettingsKeptTests(Chromium chromium, Storage storage) : SettingsTest(chromium, storage)
{
    [Fact]
    public async Task Recovery_codes_are_shown_once_and_the_older_ones_are_no_more()
    {
        await using var page = await Open();
        await page.Sees("settings-codes-none");
        await page.Press("codes-make");
        await Prove(page, First, 2);
        await page.Title("title-codes-made");
        var older = await page.Page.Locator(".codes code").AllInnerTextsAsync();
        Assert.Equal(10, older.Count);
        await page.Press("copy");
        Assert.Contains(older[9], await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
        await page.Press("codes-kept");
        await Told(page, "title-codes", "settings-codes-made");
        await page.Press("settings-codes-make");
        await page.Sees("settings-codes-older");
        await Answer(page, "codes-make");
        // Each set takes a second step of its own.
        await Prove(page, First, 3);
        await page.Title("title-codes-made");
        Assert.DoesNotContain(older[0], await page.Page.Locator(".codes code").AllInnerTextsAsync());
        await page.Press("codes-kept");
        await Told(page, "title-codes", "settings-codes-made");
        Assert.Equal("10", (await User.GetAsync("me/recovery-codes"))["left"]);
    }

    [Fact]
    public async Task App_passwords_are_made_shown_once_and_revoked()
    {
        await using var page = await Open();
        await page.Type("password-name", "Mail on a tablet");
        await page.Press("password-make");
        await Prove(page, First, 2);
        var made = await page.Page.Locator(".secret").InnerTextAsync();
        await page.Page.Locator(".found").Filter(new() { HasText = page.Text("settings-password-made") }).WaitForAsync();
        await Assertions.Expect(page.Page.Locator(".shown")).ToBeFocusedAsync();
        var right = await Service.Shop.PostAsync("app-passwords/verify", new System.Text.Json.Nodes.JsonObject { ["user"] = User.Id, ["password"] = made });
        Assert.Equal("true", right["valid"].ToLowerInvariant());
        await page.Press("password-another");
        await Prove(page, First, 3);
        await page.Page.Locator(".rows bdi").GetByText(page.Text("settings-password-nameless"), new() { Exact = true }).WaitForAsync();
        await Act(page, "settings-revoke", "Mail on a tablet");
        await Answer(page, "settings-revoke");
        await Told(page, "settings-passwords", "settings-revoked", ("name", "Mail on a tablet"));
        await Assertions.Expect(page.Page.Locator(".secret")).ToHaveCountAsync(0);
        await page.Type("password-name", "Third");
        await page.Press("password-make");
        await Prove(page, First, 4);
        await page.Press("settings-revoke-all");
        await Answer(page, "settings-revoke-all");
        await Told(page, "settings-passwords", "settings-revoked-all");
        await page.Sees("settings-passwords-none");
        Assert.Empty((await User.GetAsync("me/app-passwords")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_remembered_browser_is_forgotten()
    {
        var asked = await ShopAsks(new() { ["rememberBrowser"] = true });
        var verified = await Service.Shop.PostAsync($"challenges/{asked["id"]}/verify", new System.Text.Json.Nodes.JsonObject { ["code"] = await First.CodeAsync(2), ["rememberBrowser"] = true });
        Assert.Equal("verified", verified["state"]);
        await using var page = await Open();
        await Act(page, "settings-forget", "Contoso Expenses");
        await Answer(page, "settings-forget");
        await Prove(page, First, 3);
        await Told(page, "settings-browsers", "settings-forgotten", ("name", "Contoso Expenses"));
        await page.Sees("settings-browsers-none");
        var next = await Service.Shop.ChallengeAsync(User.Id, new() { ["rememberedBrowser"] = verified["rememberedBrowser"] });
        Assert.Equal("open", next["state"]);
    }

    [Fact]
    public async Task A_sign_in_that_was_somebody_elses_is_reported()
    {
        var asked = await ShopAsks();
        await using var page = await Open();
        var entry = page.Page.Locator(".activity li").Filter(new() { Has = page.Page.GetByRole(AriaRole.Button) });
        await Assertions.Expect(entry).ToContainTextAsync("Contoso Expenses · Utrecht, Netherlands");
        await entry.GetByRole(AriaRole.Button).ClickAsync();
        await page.Sees("settings-report-means");
        await Answer(page, "settings-report-yes");
        await Told(page, "settings-activity", "settings-reported");
        await page.Sees("settings-reported-by-you");
        Assert.Equal("cancelled", (await Service.Shop.SeeAsync(asked["id"]))["state"]);
        // What was contacted rests, and its row says until when.
        await Assertions.Expect(page.Page.Locator(".warns")).ToHaveCountAsync(2);
        Assert.NotNull((await Methods())[0]!["lockedUntil"]);
    }

    [Fact]
    public async Task What_is_asked_stays_under_the_finger_while_news_of_it_comes()
    {
        await ShopAsks();
        await using var page = await Open();
        var comes = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/v1/me/activity?*", async route =>
        {
            await comes.Task;
            await route.ContinueAsync();
        });
        await Act(page, "settings-remove", Name(Second));
        await Answer(page, "settings-remove");
        await Prove(page, First, 3);
        await Told(page, "settings-methods", "settings-removed", ("name", Name(Second)));
        await page.Page.Locator(".activity button").ClickAsync();
        var news = page.Page.WaitForResponseAsync("**/api/v1/me/activity?*");
        comes.SetResult();
        await (await news).FinishedAsync();
        await page.Sees("settings-report-means");
        await Answer(page, "cancel");
        await page.Page.GetByText("A method was removed").WaitForAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text("settings-activity") })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Older_activity_is_shown_when_it_is_asked_for()
    {
        for (var i = 0; i < 2; i++)
        {
            await User.EnrollPhoneAsync(Handset.NewNumber(), headers: Proof);
            await ShopAsks();
        }

        await using var page = await Open();
        var entries = page.Page.Locator(".activity > li");
        await page.Button("settings-more").WaitForAsync();
        var shown = await entries.CountAsync();
        await page.Press("settings-more");
        await Assertions.Expect(entries.Nth(shown).Locator("strong")).ToBeFocusedAsync();
        await Assertions.Expect(page.Button("settings-more")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("me", "settings-methods", "settings-recommend-mobileApp", "settings-codes-none", "settings-browsers-none")]
    [InlineData("me/recovery-codes", "title-codes", "settings-codes-none", "settings-recommend-mobileApp", "settings-browsers-none")]
    [InlineData("me/activity?*", "settings-activity", "settings-report", "settings-codes-none", "settings-browsers-none")]
    public async Task A_card_that_can_not_be_loaded_takes_no_other_away(string path, string card, string sees, params string[] others)
    {
        await ShopAsks();
        await using var page = await UserPage.Open(Browser, Service.Url, "/authenticator");
        var away = true;
        await page.Page.RouteAsync("**/api/v1/" + path, route => away ? route.FulfillAsync(new() { Status = 500, Json = new { code = "internal", detail = "Broken." } }) : route.ContinueAsync());
        await page.Page.GotoAsync($"{Service.Url}/settings?login_hint={User.Id}");
        await page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Broken." }).WaitForAsync();
        foreach (var other in others)
        {
            await page.Sees(other);
        }

        away = false;
        await page.Press("settings-of", ("act", page.Text("try-again")), ("what", page.Text(card)));
        await page.Sees(sees);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text("settings-passwords") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_language_that_is_chosen_is_the_accounts_and_its_activity_speaks_it()
    {
        await using var page = await Open();
        await page.Page.GetByText("A method was added").First.WaitForAsync();
        await page.Page.GetByLabel("Language").SelectOptionAsync("nl");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Beveiligingsinstellingen" }).WaitForAsync();
        await Assertions.Expect(page.Page.GetByText("A method was added")).ToHaveCountAsync(0);
        Assert.Equal("nl", (await User.GetAsync("me"))["culture"]);
    }
}
