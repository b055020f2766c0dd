using Microsoft.Playwright;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A real browser: CHROMIUM names it, else /usr/bin/chromium.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>What pages complained of.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> Start()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        Assert.True(File.Exists(chromium), $"This test needs a browser: {chromium} is not there. Set CHROMIUM to the path of one.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Quiet }));
    }

    public async Task<IPage> NewPage(BrowserNewPageOptions? options = null)
    {
        var page = await Browser.NewPageAsync(options);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") { Complaints.Add(message.Text); } };
        page.PageError += (_, fault) => Complaints.Add(fault);
        return page;
    }

    /// <summary>What npm's axe-core finds: nothing, if all is well.</summary>
    public static async Task<string[]> Stumbles(IFrame frame)
    {
        await frame.EvaluateAsync(await File.ReadAllTextAsync(await NodeFolder.PathOf("node_modules/axe-core/axe.min.js")));
        var found = await frame.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + n.any.map((a) => a.message)).join(' ')}`)");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
