using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The screens that add accounts.</summary>
public sealed class AddingScreens(Chromium chromium, Storage storage) : ScreenTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Adding_accounts(string size, ColorScheme colours)
    {
        await using var service = await Service.Start(storage, ("Policy:PinRequired", "true"));
        await using var app = await Open(service, size, colours);
        await using var look = new Look(app, $"{size}-{colours}");
        await look.At("01-empty");
        await app.Button("Add account").ClickAsync();
        await look.At("02-add");
        await app.Page.GetByLabel("Or paste a link").FillAsync("https://www.example.com");
        await app.Button("Continue").ClickAsync();
        await app.Sees("This is not a code");
        await look.At("03-add-refused");
        await app.Button("Enter code and URL As the set-up page shows them").ClickAsync();
        await look.At("04-by-hand");
        await app.Button("Back").ClickAsync();
        await app.Button("Enter a secret key Of another service").ClickAsync();
        await look.At("05-secret");
        await app.Button("Back").ClickAsync();
        await app.Button("Scan a QR code With this device's camera").ClickAsync();
        await app.Sees("There is no camera");
        await look.At("06-no-camera");
        await app.Button("Back").ClickAsync();

        await app.Page.GetByLabel("Or paste a link").FillAsync((await service.Enroll()).Link);
        await app.Button("Continue").ClickAsync();
        await look.At("07-for-whom");
        await app.Add();
        await app.Title("Choose a PIN");
        await look.At("08-pin");
        await app.Page.GetByLabel("New PIN").FillAsync("4711");
        await app.Page.GetByLabel("The same PIN again").FillAsync("4712");
        await app.Button("Continue").ClickAsync();
        await look.At("09-pin-differs");
        await app.Page.GetByLabel("The same PIN again").FillAsync("4711");
        await app.Button("Continue").ClickAsync();
        await app.Title("Account added");
        await look.At("10-added");
        await app.Added();

        await app.Paste(Seed);
        await look.At("11-seed");
        await app.Button("Add").ClickAsync();
        await app.Paste(Export.Link([new("alice@example.com", "Bank of Utrecht", [1, 2, 3], 2, 2), new("shop", "Corner Shop", [4, 5, 6]), new("old", "VPN", [7, 8], Type: 1)], 0, 2));
        await look.At("12-export");
    }
}
