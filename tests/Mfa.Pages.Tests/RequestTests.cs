using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Answering a request.</summary>
public sealed class RequestTests(Chromium chromium, Storage storage)
{
    [Fact]
    public async Task It_says_who_and_where_and_is_approved_by_the_number_on_the_page()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        foreach (var fact in new[] { "carol@contoso.example", "Utrecht, Netherlands", "203.0.113.7" })
        {
            await app.Page.GetByRole(AriaRole.Dialog).GetByText(fact).WaitForAsync();
        }

        await app.Button("Authenticate").ClickAsync();
        await app.Sees("Enter the 2 digits that the page shows.");
        await app.Approve(challenge["number"]);
        await Expect(app.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
        Assert.Equal(["decision", "number", "seen"], Assert.Single(app.Answers).EnumerateObject().Select(m => m.Name).Order());
    }

    [Fact]
    public async Task A_wrong_number_denies_and_says_so()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Press(SetUp.Other(challenge["number"]));
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Not approved");
        Assert.Equal(("denied", "wrong-number"), await setUp.StandsAsync(challenge));
    }

    [Fact]
    public async Task Six_digits_are_taken_where_the_service_asks_for_six()
    {
        await using var service = await Service.Start(storage, ("Policy:MatchDigits", "6"));
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.Activate();
        var number = await setUp.ContactAsync();
        await app.Button("Authenticate").ClickAsync();
        await app.Sees("Enter the 6 digits that the page shows.");
        await app.Approve(number);
    }

    [Fact]
    public async Task Deny_denies_without_a_number()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Button("Deny").ClickAsync();
        await app.Title("Denied");
        Assert.Equal(("denied", null), await setUp.StandsAsync(challenge));
        Assert.Equal(["decision", "seen"], Assert.Single(app.Answers).EnumerateObject().Select(m => m.Name).Order());
    }

    [Fact]
    public async Task This_was_not_me_says_what_it_means_before_it_reports()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var challenge = await setUp.AskAsync();
        await app.Button("This wasn't me").ClickAsync();
        await app.Sees("reported to Contoso");
        Assert.Empty(app.Answers);
        await app.Button("Deny and report").ClickAsync();
        await app.Title("Reported");
        Assert.Equal(("denied", "fraud-reported"), await setUp.StandsAsync(challenge));
    }

    [Fact]
    public async Task What_is_agreed_to_is_shown_whole_and_signed_as_it_was_shown()
    {
        await using var service = await Service.Start(storage, ("Policy:NotificationProof", "None"));
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        // Quotes, letters beyond the first plane, and what would be HTML if anything read it so.
        var challenge = await setUp.AskAsync(new()
        {
            ["context"] = new JsonObject
            {
                ["title"] = "Pay € 1,250 to \"Ann\" \\ 😀",
                ["details"] = new JsonArray(new JsonObject { ["label"] = "Für", ["value"] = "Ĉu / ne" }, new JsonObject { ["label"] = "<b>x</b>", ["value"] = "&amp; é" }),
            },
        });
        await app.Title("Do you agree?");
        foreach (var text in new[] { "Pay € 1,250 to \"Ann\" \\ 😀", "Für", "Ĉu / ne", "<b>x</b>", "&amp; é" })
        {
            await app.Page.GetByRole(AriaRole.Dialog).GetByText(text, new() { Exact = true }).WaitForAsync();
        }

        await app.Approve(null);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
    }

    [Fact]
    public async Task One_that_expires_while_it_is_shown_says_so()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        await setUp.AskAsync(shop: await Impatient(service));
        await app.Title("Sign in to Contoso Expenses?");
        await app.Title("Too late");
    }

    [Fact]
    public async Task Of_two_devices_the_first_answer_wins_and_the_other_says_so()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        using var other = new DeviceApp(service.Url);
        await setUp.User.SetUpDeviceAsync(other, ("Mfa-Assertion", (await setUp.SeeAsync())["assertion"]));
        var challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        await other.AnswerAsync(await other.RequestAsync(), "authenticate", challenge["number"]);
        await app.Title("Already over");
        await app.Button("Done").ClickAsync();

        // It may also be over between looking and pressing.
        await app.MayGoDeaf();
        challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        app.IsDeaf = true;
        Assert.Equal("denied", (await other.AnswerAsync(await other.RequestAsync(), "deny"))["state"]);
        await app.Press(challenge["number"]);
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Already over");
    }

    [Fact]
    public async Task One_put_aside_waits_on_the_list()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        await app.Page.Keyboard.PressAsync("Escape");
        await app.Sees("A sign-in waits for you");
        Assert.Empty(app.Answers);
        await app.Button("Open").ClickAsync();
        await app.Title("Sign in to Contoso Expenses?");
    }

    [Fact]
    public async Task Nothing_new_is_hidden_behind_what_was_said_before()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await service.Enroll();
        await app.Paste(setUp.Link);
        await app.Add();
        await app.Title("Account added");
        var number = await setUp.ContactAsync();
        await app.Title("Finish setting up for Contoso?");
        await app.Press(number!);
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        var challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        await app.Approve(challenge["number"]);
        await Expect(app.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_are_shown_one_after_the_other()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var (one, two) = (await app.SetUp("ann"), await app.SetUp("ben"));
        await one.AskAsync(new() { ["application"] = "First" });
        await app.Title("Sign in to First?");
        await two.AskAsync(new() { ["application"] = "Second" });
        // One that the app hears of after the denial takes the place of what says so.
        await Expect(app.Page.Locator(".banner button")).ToHaveCountAsync(1);
        await app.Button("Deny").ClickAsync();
        await app.Title("Denied");
        await app.Button("Done").ClickAsync();
        await app.Title("Sign in to Second?");
    }

    [Fact]
    public async Task Nothing_that_a_finger_was_doing_counts_as_an_answer()
    {
        await using var service = await Service.Start(storage, ("Policy:NotificationProof", "None"));
        await using var app = await App.Open(chromium.Browser, service);
        await (await app.Activate()).ContactAsync();
        await app.Title("Finish setting up for Contoso?");
        Assert.True(await app.Button("Authenticate").IsDisabledAsync());
        await Expect(app.Button("Authenticate")).ToBeEnabledAsync();
    }

    /// <summary>The shop before a head whose requests last three seconds.</summary>
    internal static async Task<RelyingParty> Impatient(Service service) =>
        service.Shop.At((await service.Laptop.AddHeadAsync(settings: new() { ["Policy:NotificationLifetime"] = "00:00:03" })).Url.ToString());

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
