using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A request, and all its ends.</summary>
public sealed class RequestScreens(Chromium chromium, Storage storage) : ScreenTest(chromium)
{
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
}
