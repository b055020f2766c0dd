using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The settings in light and dark, on a phone and a desktop, and with text of twice the size: axe finds nothing, and nothing is wider than the screen.</summary>
public sealed class SettingsScreens(Chromium chromium, Storage storage) : SettingsTest(chromium, storage)
{
    [Theory]
    [MemberData(nameof(ScreenTest.Screens), MemberType = typeof(ScreenTest))]
    public Task All_screens(string size, ColorScheme colours) => Walk(size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours), $"settings-{size}-{colours}", null);

    [Fact]
    public Task Text_of_twice_the_size_fits_the_smallest_screen() => Walk(Looks.Small(), "settings-large", Looks.Twice);

    [Fact]
    public Task Right_to_left_in_colours_of_the_users_own() => Walk(Looks.Forced(), "settings-rtl", "() => { document.documentElement.style.direction = 'rtl'; }");

    private async Task Walk(BrowserNewContextOptions looks, string folder, string? change)
    {
        await ShopAsks();
        await using var page = await Open(look: looks);
        await using var look = new Look(page, folder);
        await page.Sees("settings-browsers-none");
        if (change is not null)
        {
            await page.Page.EvaluateAsync(change);
        }

        await look.At("01-settings");
        await Act(page, "settings-prefer", Name(Second));
        await look.At("02-prefer");
        await Act(page, "settings-remove", Name(Second));
        await look.At("03-remove");
        await Answer(page, "settings-remove");
        await page.Title("title-second-step");
        await look.At("04-second-step");
        await Prove(page, First, 3);
        await Told(page, "settings-methods", "settings-removed", ("name", Name(Second)));
        await look.At("05-removed");
        await page.Page.Locator(".activity button").First.ClickAsync();
        await look.At("06-report");
        await page.Press("password-make");
        await Prove(page, First, 4);
        await page.Page.Locator(".secret").WaitForAsync();
        await look.At("07-password");
        await page.Press("add-another");
        await page.Title("title-choose");
        await look.At("08-add");
    }
}
