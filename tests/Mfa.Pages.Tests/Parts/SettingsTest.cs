using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A user who has two phones, and the settings page before them.</summary>
public abstract class SettingsTest(Chromium chromium, Storage storage) : IAsyncLifetime
{
    private readonly List<IDisposable> _people = [];

    private protected IBrowser Browser => chromium.Browser;

    private protected Service Service { get; private set; } = null!;

    /// <summary>The user elsewhere: in a session of its own, whose second steps are not the page's.</summary>
    private protected Person User { get; private set; } = null!;

    /// <summary>The phone that is preferred, and has got one text.</summary>
    private protected Handset First { get; private set; } = null!;

    private protected Handset Second { get; private set; } = null!;

    /// <summary>What proves the user for ten minutes in that session; some changes take one of their own.</summary>
    private protected (string, string) Proof { get; private set; }

    private protected virtual TimeProvider? Time => null;

    public async ValueTask InitializeAsync()
    {
        // A user is asked for their second step more often here than anywhere.
        Service = await Service.Start(storage, Time, ("Policy:SendAgainAfter", "00:00:00.1"), ("Policy:NumberSendsOfAccountADay", "50"), ("Policy:AppPasswords", "true"), ("Policy:RememberBrowsers", "true"));
        User = await SignIn(null);
        (First, Second) = (Service.Laptop.NewPhone(), Service.Laptop.NewPhone());
        Proof = ("Mfa-Assertion", (await User.SetUpAsync(First))["assertion"]);
        await User.SetUpAsync(Second, Proof);
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(p => p.Dispose());
        await Service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Person> SignIn(string? user)
    {
        var person = await Service.Laptop.SignInAsync(user);
        _people.Add(person);
        return person;
    }

    /// <summary>Opens the settings, and waits until the methods are there.</summary>
    private protected async Task<UserPage> Open(string? user = null, string language = "en", BrowserNewContextOptions? look = null)
    {
        var page = await UserPage.Open(Browser, Service, user ?? User.Id, "/settings", language, look);
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        return page;
    }

    /// <summary>As a page shows the number.</summary>
    private protected static string Name(Handset phone) => SetUpTests.Masked(phone);

    /// <summary>Presses what a row of a list offers.</summary>
    private protected static Task Act(UserPage page, string act, string what) => page.Press("settings-of", ("act", page.Text(act)), ("what", what));

    /// <summary>Says yes, or no, to what is asked in place.</summary>
    private protected static Task Answer(UserPage page, string key) => Question(page).GetByRole(AriaRole.Button, new() { Name = page.Text(key), Exact = true }).ClickAsync();

    private protected static ILocator Question(UserPage page) => page.Page.Locator(".question");

    /// <summary>Takes the second step that is asked for in place, by the next text to the phone that is preferred.</summary>
    private protected static async Task Prove(UserPage page, Handset phone, int texts)
    {
        await page.Title("title-second-step");
        await page.Type("code-of-text", await phone.CodeAsync(texts));
        await page.Press("verify");
    }

    /// <summary>What was changed is told to eyes and to ears, and the keyboard goes on at its card.</summary>
    private protected static async Task Told(UserPage page, string card, string key, params (string Name, string Value)[] facts)
    {
        await page.Page.Locator("main .found").Filter(new() { HasText = page.Text(key, facts) }).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveTextAsync(page.Text(key, facts));
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text(card), Exact = true })).ToBeFocusedAsync();
    }

    /// <summary>A shop's sign-in of the user, who is texted at their first phone.</summary>
    private protected async Task<Reply> ShopAsks(JsonObject? more = null)
    {
        var body = more ?? [];
        body["application"] = "Contoso Expenses";
        body["place"] = "Utrecht, Netherlands";
        var asked = await Service.Shop.ChallengeAsync(User.Id, body);
        Assert.True(asked.Status == 201, asked.ToString());
        return asked;
    }

    private protected async Task<JsonArray> Methods() => (await User.GetAsync("me")).Body!["methods"]!.AsArray();
}
