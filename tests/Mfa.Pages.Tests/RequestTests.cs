using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Answering a request.</summary>
public sealed class RequestTests(Chromium chromium)
{
    [Fact]
    public async Task It_says_who_and_where_and_is_approved_by_the_number_on_the_page()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device);
        await app.Title("Sign in to Contoso Expenses?");
        foreach (var fact in new[] { "alice@contoso.example", "Utrecht, Netherlands", "203.0.113.7" })
        {
            await app.Page.GetByRole(AriaRole.Dialog).GetByText(fact).WaitForAsync();
        }

        await app.Button("Authenticate").ClickAsync();
        await app.Sees("Enter the 2 digits that the page shows.");
        await app.Press("73");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        var answer = Answer(device);
        Assert.Equal(("authenticate", "73"), (answer.GetProperty("decision").GetString(), answer.GetProperty("number").GetString()));
        Assert.False(answer.TryGetProperty("pin", out _));
        await app.Button("Done").ClickAsync();
        await Expect(app.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_wrong_number_denies_and_says_so()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device);
        await app.Press("37");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Not approved");
    }

    [Fact]
    public async Task Six_digits_are_taken_where_the_service_asks_for_six()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device, "402913", more: new() { ["digits"] = 6 });
        await app.Press("402913");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
    }

    [Fact]
    public async Task Deny_denies_without_a_number()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device);
        await app.Button("Deny").ClickAsync();
        await app.Title("Denied");
        Assert.Equal(["decision", "seen"], Answer(device).EnumerateObject().Select(m => m.Name).Order());
    }

    [Fact]
    public async Task This_was_not_me_says_what_it_means_before_it_reports()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device);
        await app.Button("This wasn't me").ClickAsync();
        await app.Sees("reported to Contoso");
        Assert.Empty(device.Answers);
        await app.Button("Deny and report").ClickAsync();
        await app.Title("Reported");
        Assert.Equal("fraud", Answer(device).GetProperty("decision").GetString());
    }

    [Fact]
    public async Task What_is_agreed_to_is_shown_whole_and_signed_as_it_was_shown()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        // Names in an order that is not theirs, quotes, a control character, letters beyond the first plane.
        service.Ask(device, "", more: new()
        {
            ["zebra"] = 1,
            ["context"] = new JsonObject
            {
                ["title"] = "Pay € 1,250 to \"Ann\" \\ 😀",
                ["details"] = new JsonArray(new JsonObject { ["value"] = "line\tone", ["label"] = "Für" }, new JsonObject { ["label"] = "<b>x</b>", ["value"] = "\u0001é" }),
                ["é"] = true,
                ["A"] = JsonValue.Create<string?>(null),
            },
        });
        await app.Title("Do you agree?");
        await app.Sees("Pay € 1,250 to \"Ann\" \\ 😀");
        await app.Sees("<b>x</b>");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
    }

    [Fact]
    public async Task A_wrong_PIN_says_how_many_tries_are_left_and_the_fifth_locks_the_device()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await WithPin(service, app);
        service.Ask(device);
        await app.Press("73");
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
        device.Version++;
        await app.Sees("Contoso locked this device");
    }

    [Fact]
    public async Task Number_and_PIN_approve()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await WithPin(service, app);
        service.Ask(device);
        await app.Press("73");
        await app.Button("Continue").ClickAsync();
        await app.Press("4711");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        Assert.Equal("4711", Answer(device).GetProperty("pin").GetString());
    }

    [Fact]
    public async Task One_that_expires_while_it_is_shown_says_so()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        service.Ask(await app.Activate(), seconds: 3);
        await app.Title("Sign in to Contoso Expenses?");
        await app.Title("Too late");
    }

    [Fact]
    public async Task One_that_another_device_answered_says_so()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        var id = service.Ask(device);
        await app.Title("Sign in to Contoso Expenses?");
        Service.Withdraw(device, id);
        await app.Title("Already over");
        await app.Button("Done").ClickAsync();

        // It may also be over between looking and pressing.
        id = service.Ask(device);
        await app.Title("Sign in to Contoso Expenses?");
        device.Inbox.TryRemove(id, out _);
        await app.Button("Deny").ClickAsync();
        await app.Title("Already over");
    }

    [Fact]
    public async Task One_put_aside_waits_on_the_list()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        service.Ask(await app.Activate());
        await app.Title("Sign in to Contoso Expenses?");
        await app.Page.Keyboard.PressAsync("Escape");
        await app.Sees("A sign-in waits for you");
        Assert.Empty(service.Device.Answers);
        await app.Button("Open").ClickAsync();
        await app.Title("Sign in to Contoso Expenses?");
    }

    [Fact]
    public async Task Two_are_shown_one_after_the_other()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var (one, two) = (await app.Activate(account: "a"), await app.Activate(account: "b"));
        service.Ask(one, "", more: new() { ["application"] = "First" });
        await app.Title("Sign in to First?");
        service.Ask(two, "", more: new() { ["application"] = "Second" });
        await app.Button("Deny").ClickAsync();
        await app.Title("Denied");
        await app.Button("Done").ClickAsync();
        await app.Title("Sign in to Second?");
    }

    [Fact]
    public async Task Nothing_that_a_finger_was_doing_counts_as_an_answer()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        service.Ask(await app.Activate(), "");
        await app.Title("Sign in to Contoso Expenses?");
        Assert.True(await app.Button("Authenticate").IsDisabledAsync());
        await Expect(app.Button("Authenticate")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_device_that_was_removed_is_told_plainly()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        device.Removed = true;
        await app.Sees("Contoso removed this device");
        await app.Page.ReloadAsync();
        await app.Sees("Contoso removed this device");
        // Set up again, the new one takes its place.
        await app.Activate();
        await Expect(app.Page.Locator(".account")).ToHaveCountAsync(1);
        await Expect(app.Page.GetByText("removed this device")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_device_whose_clock_is_wrong_learns_the_time_from_its_service()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        service.Ahead = TimeSpan.FromMinutes(-90);
        service.Ask(await app.Activate(), seconds: 60);
        await app.Press("73");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        Assert.All(service.Faults, fault => Assert.EndsWith("iat", fault, StringComparison.Ordinal));
        service.Faults.Clear();
    }

    [Fact]
    public async Task An_answer_that_could_not_be_sent_can_be_sent_again()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var device = await app.Activate();
        service.Ask(device, "");
        await app.Title("Sign in to Contoso Expenses?");
        await app.Page.RouteAsync("**/requests/*", route => route.AbortAsync());
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("The service can't be reached");
        await app.Page.UnrouteAsync("**/requests/*");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
    }

    internal static async Task<DeviceRow> WithPin(Service service, App app)
    {
        service.PinLength = 4;
        await app.Paste(service.Enroll().Link);
        await app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await app.Page.GetByLabel("New PIN").FillAsync("4711");
        await app.Page.GetByLabel("The same PIN again").FillAsync("4711");
        await app.Button("Continue").ClickAsync();
        await app.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        return service.Device;
    }

    private static JsonElement Answer(DeviceRow device) => Assert.Single(device.Answers);

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
