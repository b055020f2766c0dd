using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The pages by keyboard alone: where it is can always be seen, and it is never lost.</summary>
public sealed class PageKeyboardTests(Chromium chromium, ShopHead head) : IClassFixture<ShopHead>
{
    // Where the keyboard is: its name, or why nobody could tell.
    private const string Focus = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body || !e.isConnected) return "lost";
          const style = getComputedStyle(e);
          const shown = e.matches("h1, h2, p, span, strong") || (e.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
          const box = e.getBoundingClientRect();
          if (!shown || box.width < 8 || box.bottom < 0 || box.top > innerHeight) return `not to be seen: ${e.outerHTML}`;
          return (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim();
        }
        """;

    [Fact]
    public async Task A_phone_is_set_up_by_text_with_codes_for_its_loss_and_an_app_password()
    {
        var phone = head.Service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, head.Service, Person.NewName(), look: Looks.Desktop());
        var keys = page.Page.Keyboard;
        await page.Title("title-welcome");
        await GoAsync(page, "set-it-up");
        await page.Title("title-choose");
        await GoAsync(page, "choose-call");
        await page.Title("title-phone");
        await TabToAsync(page, page.Text("country"));
        await keys.TypeAsync("Netherlands");
        await TabToAsync(page, page.Text("phone-number"));
        await keys.TypeAsync("0" + phone.Number[3..]);
        await TabToAsync(page, page.Text("by-text"));
        // Arrows choose among what excludes each other.
        await keys.PressAsync("ArrowDown");
        Assert.StartsWith(page.Text("by-call"), await FocusAsync(page), StringComparison.Ordinal);
        await keys.PressAsync("ArrowUp");
        await GoAsync(page, "contact-me");
        await page.Title("title-contact-phone");
        // Where typing is all there is to do, the cursor is there; and what arrives meanwhile doesn't take it away.
        await page.Hears("ask-text", ("to", SetUpTests.Masked(phone)));
        Assert.Equal(page.Text("code-of-text"), await FocusAsync(page));
        await keys.TypeAsync("000000");
        await keys.PressAsync("Enter");
        await page.Wrong("fault-wrong-code", ("triesLeft", "4"));
        Assert.Equal(page.Text("code-of-text"), await FocusAsync(page));
        await keys.TypeAsync(await phone.CodeAsync());
        await keys.PressAsync("Enter");
        await page.Title("title-codes");
        await GoAsync(page, "codes-make");
        await page.Title("title-codes-made");
        await GoAsync(page, "codes-kept");
        await page.Title("title-passwords");
        await TabToAsync(page, page.Text("password-name"));
        await keys.TypeAsync("Mail");
        await keys.PressAsync("Enter");
        // It takes a second step of its own: the codes took the one of the set-up.
        await page.Title("title-second-step");
        await keys.TypeAsync(await phone.CodeAsync(2));
        await keys.PressAsync("Enter");
        await page.Page.Locator(".secret").WaitForAsync();
        await GoAsync(page, "done");
        await page.Title("title-done");
        await GoAsync(page, "to-settings");
        await page.Title("title-settings");
    }

    [Fact]
    public async Task A_sign_in_is_proved_and_another_way_is_looked_at_and_left()
    {
        var (user, phone, _) = await head.WithPhoneAsync();
        using var __ = user;
        var opened = await head.Shop.AskAsync(user.Id);
        await using var page = await head.FollowAsync(chromium.Browser, opened, Looks.Desktop());
        var keys = page.Page.Keyboard;
        await page.Field("code-of-text").WaitForAsync();
        Assert.Equal(page.Text("code-of-text"), await FocusAsync(page));
        await GoAsync(page, "another-way");
        await TabToAsync(page, page.Text("way-call", ("to", SetUpTests.Masked(phone))));
        await GoAsync(page, "another-way", "Shift+Tab");
        await TabToAsync(page, page.Text("code-of-text"), "Shift+Tab");
        await keys.TypeAsync(await phone.CodeAsync(2));
        await keys.PressAsync("Enter");
        await head.Shop.RedeemAsync(page, opened);
    }

    [Fact]
    public async Task A_method_is_asked_about_kept_and_then_preferred_in_the_settings()
    {
        var (user, phone, proof) = await head.WithPhoneAsync();
        using var __ = user;
        var second = head.Service.Laptop.NewPhone();
        await user.SetUpAsync(second, proof);
        await using var page = await UserPage.Open(chromium.Browser, head.Service, user.Id, "/settings", look: Looks.Desktop());
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        var keys = page.Page.Keyboard;
        var remove = page.Text("settings-of", ("act", page.Text("settings-remove")), ("what", SetUpTests.Masked(second)));
        await TabToAsync(page, remove);
        await keys.PressAsync("Enter");
        Assert.StartsWith(page.Text("settings-remove-means", ("name", SetUpTests.Masked(second))), await FocusAsync(page), StringComparison.Ordinal);
        await keys.PressAsync("Escape");
        Assert.Equal(remove, await FocusAsync(page));
        await TabToAsync(page, page.Text("settings-of", ("act", page.Text("settings-prefer")), ("what", SetUpTests.Masked(second))), "Shift+Tab");
        await keys.PressAsync("Enter");
        await GoAsync(page, "settings-prefer", "Tab", exact: true);
        await page.Title("title-second-step");
        await page.Field("code-of-text").WaitForAsync();
        Assert.Equal(page.Text("code-of-text"), await FocusAsync(page));
        await keys.TypeAsync(await phone.CodeAsync(2));
        await keys.PressAsync("Enter");
        await page.Page.Locator("main .found").WaitForAsync();
        Assert.Equal(page.Text("settings-methods"), await FocusAsync(page));
    }

    private static async Task GoAsync(UserPage page, string key, string by = "Tab", bool exact = false)
    {
        await TabToAsync(page, page.Text(key), by, exact);
        await page.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(UserPage page, string name, string by = "Tab", bool exact = false)
    {
        var trail = "";
        for (var tabs = 0; tabs < 40; tabs++)
        {
            var at = await FocusAsync(page, trail);
            trail += at + " | ";
            if (tabs > 0 && (exact ? at == name : at.StartsWith(name, StringComparison.Ordinal)))
            {
                return;
            }

            await page.Page.Keyboard.PressAsync(by);
        }

        Assert.Fail($"{by} never comes to: {name}");
    }

    private static async Task<string> FocusAsync(UserPage page, string trail = "")
    {
        var at = await page.Page.EvaluateAsync<string>(Focus);
        Assert.False(at == "lost" || at.StartsWith("not to be seen", StringComparison.Ordinal), $"{trail}{at}");
        return at;
    }
}
