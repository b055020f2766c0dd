using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The app in a browser of its own, and a user's ways through it.</summary>
internal sealed class App : IAsyncDisposable
{
    // Of a machine that is busy with four tests at once.
    private const int WaitMs = 40_000;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Service? _service;

    private App(string url, Service? service, IBrowserContext context, IPage page) => (Url, _service, Context, Page) = (url, service, context, page);

    /// <summary>Where it is.</summary>
    public string Url { get; }

    /// <summary>The service beside it.</summary>
    public Service Service => _service ?? throw new InvalidOperationException("These are the app's files alone.");

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; }

    /// <summary>The bodies of its answers to requests.</summary>
    public ConcurrentQueue<JsonElement> Answers { get; } = new();

    /// <summary>What its proofs were refused for; a test that expects it takes it out.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>Opens the app that a service has beside it.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="service">The service.</param>
    /// <param name="look">The size of the screen and the colours; a phone's where null.</param>
    /// <param name="fragment">Of the link that opens it.</param>
    /// <param name="before">Done to the browser before anything is loaded.</param>
    public static Task<App> Open(IBrowser browser, Service service, BrowserNewContextOptions? look = null, string fragment = "", Func<IBrowserContext, Task>? before = null) =>
        Open(browser, service.Url, service, look, fragment, before);

    /// <summary>Opens the app where it has no service beside it.</summary>
    public static Task<App> Open(IBrowser browser, AppFiles files) => Open(browser, files.Url, null, null, "", null);

    private static async Task<App> Open(IBrowser browser, string url, Service? service, BrowserNewContextOptions? look, string fragment, Func<IBrowserContext, Task>? before)
    {
        var context = await browser.NewContextAsync(look ?? Looks.Phone());
        context.SetDefaultTimeout(WaitMs);
        await (before?.Invoke(context) ?? Task.CompletedTask);
        var app = new App(url, service, context, await context.NewPageAsync());
        await app.Start(fragment);
        return app;
    }

    /// <summary>Opens the app again after its window was closed.</summary>
    public async Task Reopen()
    {
        Page = await Context.NewPageAsync();
        await Start("");
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

    /// <summary>Says yes to the account that the screen shows.</summary>
    public Task Add() => Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();

    /// <summary>Leaves the screen that says that it was added.</summary>
    public async Task Added()
    {
        await Title("Account added");
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
    }

    /// <summary>Activates an account by its link, and closes the screen.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="service">Another service than the one beside the app.</param>
    /// <param name="pin">The PIN that is chosen, where the service wants one.</param>
    public async Task<SetUp> Activate(string user = "carol", Service? service = null, string? pin = null)
    {
        var setUp = await (service ?? Service).Enroll(user);
        await Paste(setUp.Link);
        await Add();
        if (pin is not null)
        {
            await Page.GetByLabel("New PIN").FillAsync(pin);
            await Page.GetByLabel("The same PIN again").FillAsync(pin);
            await Button("Continue").ClickAsync();
        }

        await Added();
        return setUp;
    }

    /// <summary>Activates an account, and proves it as the set-up page asks.</summary>
    public async Task<SetUp> SetUp(string user = "carol", Service? service = null, string? pin = null)
    {
        var setUp = await Activate(user, service, pin);
        await Approve(await setUp.ContactAsync(), pin);
        Assert.Equal("verified", (await setUp.SeeAsync())["state"]);
        Answers.Clear();
        return setUp;
    }

    /// <summary>Approves the request on the screen, and leaves it.</summary>
    public async Task Approve(string? number, string? pin = null)
    {
        await Press(number ?? "");
        if (pin is not null)
        {
            await Button("Continue").ClickAsync();
            await Press(pin);
        }

        await Button("Authenticate").ClickAsync();
        await Title("Approved");
        await Button("Done").ClickAsync();
    }

    /// <summary>Whether it hears no more of what waits.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Lets it go deaf from one moment to the next: a wait that is under way then has no answer either.</summary>
    public async Task MayGoDeaf()
    {
        await Page.RouteAsync("**/requests?*", async route =>
        {
            try
            {
                var answer = await route.FetchAsync();
                await (IsDeaf ? route.AbortAsync() : route.FulfillAsync(new() { Response = answer }));
            }
            catch (PlaywrightException)
            {
                // The page asks no more, or is closed.
            }
        });
        await Page.ReloadAsync();
    }

    /// <summary>Adds another service's account.</summary>
    public async Task AddSeed(string uri)
    {
        await Button("Add account").WaitForAsync();
        var before = await Page.Locator(".account").CountAsync();
        await Paste(uri);
        await Button("Add").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // The list comes after it: until then the button that adds the first account is there.
        await Assertions.Expect(Page.Locator(".account")).ToHaveCountAsync(before + 1);
        await Assertions.Expect(Page.Locator("button.plus")).ToBeVisibleAsync();
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
        Assert.Empty(Refused);
    }

    private async Task Start(string fragment)
    {
        // A refused request is an error to the console; the app says it in words.
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
        Page.PageError += (_, fault) => _complaints.Enqueue(fault);
        Page.Request += (_, request) =>
        {
            if (request.Method == "POST" && request.Url.Contains("/requests/", StringComparison.Ordinal))
            {
                Answers.Enqueue(request.PostDataJSON()!.Value.Clone());
            }
        };
        Page.Response += (_, response) =>
        {
            if (response.Status == 401)
            {
                Refused.Enqueue($"{response.Request.Method} {response.Url}");
            }
        };
        await Page.GotoAsync(Url + "/authenticator" + fragment);
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Authenticator" }).WaitForAsync();
    }
}
