using Microsoft.Playwright;

namespace Mfa.Local.Tests;

/// <summary>A real browser: CHROMIUM names it, else /usr/bin/chromium.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string[] s_quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    public static async Task<ChromiumBrowser> StartAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        Assert.True(File.Exists(chromium), $"This test needs a browser: {chromium} is not there. Set CHROMIUM to the path of one.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = s_quiet }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
