using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Every screen, in light and dark, on a phone and a desktop: axe finds nothing, and its picture is in artifacts/authenticator for eyes.</summary>
public sealed class ScreenTests(Chromium chromium, Storage storage)
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
        await app.Button("Options of Contoso, alex@contoso.example").ClickAsync();
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

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_request_and_its_ends(string size, ColorScheme colours)
    {
        await using var service = await Service.Start(storage, ("Policy:PinRequired", "true"));
        await using var app = await Open(service, size, colours);
        await using var look = new Look(app, $"{size}-{colours}");
        var setUp = await app.Activate(pin: "4711");
        var number = await setUp.ContactAsync();
        await Shown("Finish setting up for Contoso?", "40-enrollment");
        await app.Approve(number, "4711");

        number = (await setUp.AskAsync())["number"];
        await Shown("Sign in to Contoso Expenses?", "41-request");
        await app.Button("Continue").ClickAsync();
        await look.At("42-number-missing");
        await app.Press(number);
        await look.At("43-number");
        await app.Button("Continue").ClickAsync();
        await look.At("44-pin");
        await app.Press("4712");
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("Tries left: 4");
        await look.At("45-wrong-pin");
        await app.Press("4711");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        await look.At("46-approved");
        await app.Button("Done").ClickAsync();

        var challenge = await setUp.AskAsync();
        await Shown("Sign in to Contoso Expenses?");
        await app.Button("Close").ClickAsync();
        await look.At("47-aside");
        await app.Button("Open").ClickAsync();
        await service.Shop.DeleteAsync(challenge["id"]);
        await app.Title("Already over");
        await look.At("48-over");
        await app.Button("Done").ClickAsync();

        await setUp.AskAsync(shop: await RequestTests.Impatient(service));
        await app.Title("Too late");
        await look.At("49-expired");
        await app.Button("Done").ClickAsync();

        await setUp.AskAsync(new() { ["application"] = "Bank of Utrecht", ["context"] = Payment() });
        await Shown("Do you agree?", "50-context");
        await app.Button("This wasn't me").ClickAsync();
        await look.At("51-fraud");
        await app.Button("Deny and report").ClickAsync();
        await app.Title("Reported");
        await look.At("52-reported");

        async Task Shown(string title, string? screen = null)
        {
            await app.Title(title);
            await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
            await (screen is null ? Task.CompletedTask : look.At(screen));
        }
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
