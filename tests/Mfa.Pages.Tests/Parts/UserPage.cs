using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A page for users, in a browser of its own and in one language, and what its user does there. What is on it is named by the key of its words.</summary>
internal sealed class UserPage : IAsyncDisposable
{
    // Of a machine that is busy with four tests at once.
    private const int WaitMs = 40_000;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Language _language;

    private UserPage(string url, Language language, IBrowserContext context, IPage page) => (Url, _language, Context, Page) = (url, language, context, page);

    /// <summary>The head's address.</summary>
    public string Url { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; private set; }

    /// <summary>What its scripts asked of the API: <c>POST /api/v1/me/enrollments</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Opens a page.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="url">The head's address.</param>
    /// <param name="path">The page, with its query: <c>/?login_hint=alice</c>.</param>
    /// <param name="language">Its tag.</param>
    /// <param name="look">The size of the screen and the colours; a phone's where null.</param>
    /// <param name="before">What the browser is made ready with, before it asks for anything.</param>
    /// <param name="languages">Those that the head has, where there are others than usual.</param>
    public static async Task<UserPage> Open(IBrowser browser, string url, string path, string language = "en", BrowserNewContextOptions? look = null, Func<IBrowserContext, Task>? before = null, Languages? languages = null)
    {
        var options = look ?? Looks.Phone();
        options.Locale = language == "en" ? "en-GB" : $"{language}-{language.ToUpperInvariant()}";
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(WaitMs);
        var page = new UserPage(url, (languages ?? Languages.Shipped).Find(language)!, context, await context.NewPageAsync());
        page.Listen();
        await (before?.Invoke(context) ?? Task.CompletedTask);
        await page.Page.GotoAsync(url + path);
        return page;
    }

    /// <summary>Opens it as a user, who signs in at the development issuer by being named.</summary>
    public static Task<UserPage> Open(IBrowser browser, Service service, string user, string path = "/", string language = "en", BrowserNewContextOptions? look = null) =>
        Open(browser, service.Url, $"{path}?login_hint={user}", language, look);

    /// <summary>Another tab of the same browser.</summary>
    /// <param name="path">The page.</param>
    /// <param name="url">Of another site than this one's, where not null.</param>
    public async Task<UserPage> Tab(string path, string? url = null)
    {
        var page = new UserPage(url ?? Url, _language, Context, await Context.NewPageAsync());
        page.Listen();
        await page.Page.GotoAsync(page.Url + path);
        return page;
    }

    /// <summary>A text of its language.</summary>
    public string Text(string key, params (string Name, string Value)[] facts) => _language.Text("pages", key, facts);

    public ILocator Button(string key, params (string Name, string Value)[] facts) => Page.GetByRole(AriaRole.Button, new() { Name = Text(key, facts), Exact = true });

    public Task Press(string key, params (string Name, string Value)[] facts) => Button(key, facts).ClickAsync();

    /// <summary>Presses what has more on it than its name.</summary>
    public Task Choose(string key) => Page.GetByRole(AriaRole.Button, new() { Name = Text(key) }).First.ClickAsync();

    public Task Check(string key) => Page.GetByRole(AriaRole.Radio, new() { Name = Text(key) }).CheckAsync();

    public ILocator Field(string key) => Page.GetByLabel(Text(key), new() { Exact = true });

    public Task Type(string key, string value) => Field(key).FillAsync(value);

    public Task Title(string key, params (string Name, string Value)[] facts) => Page.GetByRole(AriaRole.Heading, new() { Name = Text(key, facts), Exact = true }).WaitForAsync();

    public Task Sees(string key, params (string Name, string Value)[] facts) => Page.GetByText(Text(key, facts)).First.WaitForAsync();

    /// <summary>Waits for texts, letter for letter, anywhere on it.</summary>
    public async Task Shows(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Page.Locator("body").Filter(new() { HasText = text }).WaitForAsync();
        }
    }

    /// <summary>What a screen reader is told of without being asked: the text of the region that says where it stands.</summary>
    public Task Hears(string key, params (string Name, string Value)[] facts) =>
        Assertions.Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = Text(key, facts) })).ToHaveCountAsync(1);

    /// <summary>What went wrong, as it is read out.</summary>
    public Task Wrong(string key, params (string Name, string Value)[] facts) =>
        Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = Text(key, facts) }).First.WaitForAsync();

    /// <summary>The digits on the page.</summary>
    public Task<string> Number() => Page.Locator(".number").InnerTextAsync();

    /// <summary>How often its scripts asked for something.</summary>
    public int Count(string pattern) => Asked.Count(a => Regex.IsMatch(a, pattern));

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private void Listen()
    {
        // A refused request is an error to the console; the page says it in words.
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
            if (request.Url.Contains("/api/", StringComparison.Ordinal))
            {
                Asked.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");
            }
        };
    }
}
