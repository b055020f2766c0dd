using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Every screen, in light and dark, on a phone and a desktop: axe finds nothing, and its picture is in artifacts/authenticator for eyes.</summary>
public sealed class ScreenTests(Chromium chromium)
{
    private const string Seed = "otpauth://totp/GitHub:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=GitHub";

    public static TheoryData<string, ColorScheme> Screens => new()
    {
        { "phone", ColorScheme.Light }, { "phone", ColorScheme.Dark }, { "desktop", ColorScheme.Light }, { "desktop", ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Adding_accounts(string size, ColorScheme colours)
    {
        await using var service = await Service.Start();
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

        service.PinLength = 4;
        await app.Page.GetByLabel("Or paste a link").FillAsync(service.Enroll().Link);
        await app.Button("Continue").ClickAsync();
        await look.At("07-for-whom");
        await app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
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
        await app.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();

        await app.Paste(Seed);
        await look.At("11-seed");
        await app.Button("Add").ClickAsync();
        await app.Paste(Export.Link([new("alice@example.com", "Bank of Utrecht", [1, 2, 3], 2, 2), new("shop", "Corner Shop", [4, 5, 6]), new("old", "VPN", [7, 8], Type: 1)], 0, 2));
        await look.At("12-export");
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_list_and_an_account(string size, ColorScheme colours)
    {
        await using var service = await Service.Start();
        await using var app = await Open(service, size, colours);
        await using var look = new Look(app, $"{size}-{colours}");
        var first = await app.Activate();
        var locked = await app.Activate(account: "alice@north.example", issuer: "Northwind Traders");
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
        await app.Button("Options of Contoso, alice@contoso.example").ClickAsync();
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
        first.Removed = true;
        locked.PinTries = 0;
        locked.Version++;
        await app.Sees("removed this device");
        await app.Sees("locked this device");
        await look.At("26-trouble");
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_request_and_its_ends(string size, ColorScheme colours)
    {
        await using var service = await Service.Start();
        await using var app = await Open(service, size, colours);
        await using var look = new Look(app, $"{size}-{colours}");
        service.PinLength = 4;
        await app.Paste(service.Enroll().Link);
        await app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await app.Page.GetByLabel("New PIN").FillAsync("4711");
        await app.Page.GetByLabel("The same PIN again").FillAsync("4711");
        await app.Button("Continue").ClickAsync();
        await app.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        var device = service.Device;

        service.Ask(device);
        await app.Title("Sign in to Contoso Expenses?");
        await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
        await look.At("40-request");
        await app.Button("Continue").ClickAsync();
        await look.At("41-number-missing");
        await app.Press("73");
        await look.At("42-number");
        await app.Button("Continue").ClickAsync();
        await look.At("43-pin");
        await app.Press("4712");
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("Tries left: 4");
        await look.At("44-wrong-pin");
        await app.Press("4711");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        await look.At("45-approved");
        await app.Button("Done").ClickAsync();

        service.Ask(device, "", more: new() { ["application"] = "Bank of Utrecht", ["context"] = Payment() });
        await app.Title("Do you agree?");
        await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
        await look.At("46-context");
        await app.Button("This wasn't me").ClickAsync();
        await look.At("47-fraud");
        await app.Button("Deny and report").ClickAsync();
        await app.Title("Reported");
        await look.At("48-reported");
        await app.Button("Done").ClickAsync();

        var two = service.Ask(device, more: new() { ["digits"] = 6, ["purpose"] = "enrollment", ["application"] = "Contoso" });
        await app.Title("Finish setting up for Contoso?");
        await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
        await look.At("49-enrollment");
        await app.Button("Close").ClickAsync();
        await look.At("50-aside");
        await app.Button("Open").ClickAsync();
        Service.Withdraw(device, two);
        await app.Title("Already over");
        await look.At("51-over");
        await app.Button("Done").ClickAsync();

        service.Ask(device, seconds: 1);
        await app.Title("Too late");
        await look.At("52-expired");
    }

    private static JsonObject Payment() => new()
    {
        ["title"] = "Pay € 1,250.00",
        ["details"] = new JsonArray(Detail("To", "Van Dijk Bicycles B.V."), Detail("Account", "NL91 ABNA 0417 1643 00"), Detail("On", "28 November")),
    };

    private static JsonObject Detail(string label, string value) => new() { ["label"] = label, ["value"] = value };

    private Task<App> Open(Service service, string size, ColorScheme colours) =>
        App.Open(chromium.Browser, service, size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours));
}
