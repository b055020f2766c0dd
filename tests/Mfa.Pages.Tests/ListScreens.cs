using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The list, an account, settings, and what is said of a device in trouble.</summary>
public sealed class ListScreens(Chromium chromium, Storage storage) : ScreenTest(chromium)
{
    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_list_and_an_account(string size, ColorScheme colours)
    {
        await using var service = await Service.Start(storage);
        await using var other = await Service.Start(storage, ("Service:Name", "Northwind Traders"), ("Policy:PinRequired", "true"), ("Policy:MatchDigits", "6"));
        await using var app = await Open(service, size, colours);
        await using var look = new Look(app, $"{size}-{colours}");
        var setUp = await app.SetUp();
        var locked = await app.Activate("robin", other, "4711");
        await app.AddSeed(Seed);
        await app.AddSeed("otpauth://totp/Bank%20of%20Utrecht:NL12%20TEST%200123?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&digits=8&period=60&algorithm=SHA512");
        await look.At("20-list");
        foreach (var name in new[] { "Webmail", "Corner Shop", "Energy", "Library" })
        {
            await app.AddSeed($"otpauth://totp/alice?issuer={name}&secret=JBSWY3DPEHPK3PXP");
        }

        await app.Page.GetByLabel("Search accounts").FillAsync("bank");
        await look.At("21-search");
        await app.Page.GetByLabel("Search accounts").FillAsync("");
        await app.Button("Options of Contoso, carol@contoso.example").ClickAsync();
        await look.At("22-account");
        await app.Button("Remove account").ClickAsync();
        await look.At("23-remove");
        await app.Page.Keyboard.PressAsync("Escape");
        await app.Page.Keyboard.PressAsync("Escape");
        await app.Button("Settings").ClickAsync();
        await look.At("24-settings");
        await app.Button("Arrange accounts").ClickAsync();
        await look.At("25-arrange");
        await app.Button("Close").ClickAsync();

        var seen = await setUp.SeeAsync();
        await setUp.User.SendAsync(HttpMethod.Delete, $"me/devices/{seen["methodId"]}", null, ("Mfa-Assertion", seen["assertion"]));
        await app.Sees("removed this device");
        var number = await locked.ContactAsync();
        await app.Title("Finish setting up for Northwind Traders?");
        await app.Press(number!);
        await look.At("26-six-digits");
        await app.Button("Continue").ClickAsync();
        for (var i = 0; i < 5; i++)
        {
            await app.Press("4712");
            await app.Button("Authenticate").ClickAsync();
            await app.Page.GetByText(i < 4 ? $"Tries left: {4 - i}" : "This device is locked").First.WaitForAsync();
        }

        await look.At("27-locked");
        await app.Button("Done").ClickAsync();
        await app.Sees("locked this device");
        await look.At("28-trouble");
    }
}
