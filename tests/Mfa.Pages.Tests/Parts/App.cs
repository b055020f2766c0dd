using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>The app in a browser of its own, and a user's ways through it.</summary>
internal sealed class App : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    private App(Service service, IBrowserContext context, IPage page) => (Service, Context, Page) = (service, context, page);

    public Service Service { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Alert => Page.GetByRole(AriaRole.Alert);

    /// <summary>Opens the app that a service has beside it.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="service">The service.</param>
    /// <param name="look">The size of the screen and the colours; a phone's where null.</param>
    /// <param name="fragment">Of the link that opens it.</param>
    public static async Task<App> Open(IBrowser browser, Service service, BrowserNewContextOptions? look = null, string fragment = "")
    {
        var context = await browser.NewContextAsync(look ?? Looks.Phone());
        context.SetDefaultTimeout(15000);
        var page = await context.NewPageAsync();
        var app = new App(service, context, page);
        // A refused request is an error to the console; the app says it in words.
        page.Console += (_, message) => { if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) { app._complaints.Add(message.Text); } };
        page.PageError += (_, fault) => app._complaints.Add(fault);
        await page.GotoAsync(service.Url + "/authenticator" + fragment);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Authenticator" }).WaitForAsync();
        return app;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task Sees(string text) => Page.GetByText(text).First.WaitForAsync();

    public Task Title(string text) => Page.GetByRole(AriaRole.Heading, new() { Name = text, Exact = true }).WaitForAsync();

    /// <summary>Pastes a link on the screen that adds accounts.</summary>
    public async Task Paste(string link)
    {
        await Button("Add account").ClickAsync();
        await Page.GetByLabel("Or paste a link").FillAsync(link);
        await Button("Continue").ClickAsync();
    }

    /// <summary>Activates an account by its link, and closes the screen.</summary>
    public async Task<DeviceRow> Activate(Service? service = null, string account = "alice@contoso.example", string issuer = "Contoso")
    {
        var before = (service ?? Service).Devices.Keys.ToHashSet();
        await Paste((service ?? Service).Enroll(account, issuer).Link);
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Title("Account added");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        return (service ?? Service).Devices.Single(d => !before.Contains(d.Key)).Value;
    }

    /// <summary>Adds another service's account.</summary>
    public async Task AddSeed(string uri)
    {
        await Paste(uri);
        await Button("Add").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    public async Task Press(string digits)
    {
        foreach (var digit in digits)
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = $"{digit}", Exact = true }).ClickAsync();
        }
    }

    /// <summary>The digits that the list shows, without their blanks.</summary>
    public async Task<string> Code(int row = 0) => (await Page.Locator(".digits").Nth(row).InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Empty(_complaints);
        Assert.Empty(Service.Faults);
    }
}
