using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What only those see who come from Microsoft 365, in light and dark, on a phone and a desktop, with text of twice the size and in the user's own colours: axe finds nothing, and nothing is wider than the screen.</summary>
public sealed class ExternalMfaScreens(Chromium chromium, EntraLaptop laptop) : IClassFixture<EntraLaptop>
{
    [Theory]
    [MemberData(nameof(ScreenTest.Screens), MemberType = typeof(ScreenTest))]
    public Task All_screens(string size, ColorScheme colours) => Walk(() => size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours), $"external-mfa-{size}-{colours}");

    [Fact]
    public Task Text_of_twice_the_size_fits_the_smallest_screen() => Walk(Looks.Small, "external-mfa-large", Looks.Twice);

    [Fact]
    public Task Colours_of_the_users_own() => Walk(Looks.Forced, "external-mfa-forced");

    private async Task Walk(Func<BrowserNewContextOptions> looks, string folder, string? change = null)
    {
        await using (var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, EntraUser.New(), look: looks()))
        {
            await using var look = new Look(visit.Page, folder);
            await visit.Page.Title("title-set-up-first");
            await ChangeAsync(visit.Page);
            await look.At("01-set-up-first");
            await visit.Harmless();
        }

        // Of a directory that is not taken.
        await using (var visit = await EntraVisit.OpenAsync(chromium.Browser, laptop, EntraUser.New("ccccdddd-2222-eeee-3333-ffff4444aaaa"), look: looks()))
        {
            await using var look = new Look(visit.Page, folder);
            await visit.ChooseAsync();
            await visit.Page.Title("title-fault");
            await ChangeAsync(visit.Page);
            await look.At("02-refused");
            await visit.Harmless();
        }

        await using (var page = await UserPage.Open(chromium.Browser, laptop.Laptop.Url, "/external-mfa/answer", look: looks()))
        {
            await using var look = new Look(page, folder);
            await page.Wrong("fault-sign-in-link");
            await ChangeAsync(page);
            await look.At("03-no-answer");
        }

        async Task ChangeAsync(UserPage page) => await (change is null ? Task.CompletedTask : page.Page.EvaluateAsync(change));
    }
}
