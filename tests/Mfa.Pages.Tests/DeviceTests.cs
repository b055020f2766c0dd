using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A device and its service: the PIN, being locked or removed, a wrong clock, a lost connection.</summary>
public sealed class DeviceTests(Chromium chromium, Storage storage)
{
    private const string Pin = "4711";

    [Fact]
    public async Task A_wrong_PIN_says_how_many_tries_are_left_and_the_fifth_locks_the_device()
    {
        await using var service = await Service.Start(storage, ("Policy:PinRequired", "true"));
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp(pin: Pin);
        var challenge = await setUp.AskAsync();
        await app.Press(challenge["number"]);
        await app.Button("Continue").ClickAsync();
        for (var left = 4; left > 0; left--)
        {
            await app.Press("4712");
            await app.Button("Authenticate").ClickAsync();
            await app.Sees($"Tries left: {left}");
        }

        await app.Press("4712");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("This device is locked");
        await app.Button("Done").ClickAsync();
        await app.Sees("Contoso locked this device");
        await app.Page.ReloadAsync();
        await app.Sees("Contoso locked this device");
        // Its codes are the way back.
        Assert.Equal("verified", (await service.Shop.VerifyAsync(challenge["id"], await app.Code()))["state"]);
    }

    [Fact]
    public async Task Number_and_PIN_approve()
    {
        await using var service = await Service.Start(storage, ("Policy:PinRequired", "true"));
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp(pin: Pin);
        var challenge = await setUp.AskAsync();
        await app.Approve(challenge["number"], Pin);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
    }

    [Fact]
    public async Task A_device_that_was_removed_is_told_plainly()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var seen = await setUp.SeeAsync();
        var removed = await setUp.User.SendAsync(HttpMethod.Delete, $"me/devices/{seen["methodId"]}", null, ("Mfa-Assertion", seen["assertion"]));
        Assert.True(removed.Status == 204, removed.ToString());
        await app.Sees("Contoso removed this device");
        await app.Page.ReloadAsync();
        await app.Sees("Contoso removed this device");
        // Set up again, the new one takes its place.
        await app.SetUp();
        await Assertions.Expect(app.Page.Locator(".account")).ToHaveCountAsync(1);
        await Assertions.Expect(app.Page.GetByText("removed this device")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_device_whose_clock_is_wrong_learns_the_time_from_its_service()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service, before: browser => browser.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow.AddMinutes(90) }));
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Approve(challenge["number"]);
        // One proof was refused, and told the time.
        Assert.Single(app.Refused);
        app.Refused.Clear();
        // Its codes are those of the service's time, too.
        challenge = await setUp.AskAsync();
        await app.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("verified", (await service.Shop.VerifyAsync(challenge["id"], await app.Code()))["state"]);
    }

    [Fact]
    public async Task An_answer_that_could_not_be_sent_can_be_sent_again()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Press(challenge["number"]);
        await app.Page.RouteAsync("**/requests/*", route => route.AbortAsync());
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("The service can't be reached");
        await app.Page.UnrouteAsync("**/requests/*");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
    }

    [Fact]
    public async Task An_answer_whose_answer_was_lost_is_the_same_when_it_is_sent_again()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        await app.MayGoDeaf();
        var challenge = await setUp.AskAsync();
        await app.Press(challenge["number"]);
        // That it is over would be heard first.
        app.IsDeaf = true;
        await app.Page.RouteAsync("**/requests/*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("The service can't be reached");
        await app.Page.UnrouteAsync("**/requests/*");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
    }
}
