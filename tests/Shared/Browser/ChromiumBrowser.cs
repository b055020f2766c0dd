using Microsoft.Playwright;

namespace Mfa.Tests;

/// <summary>
/// A real browser. CHROMIUM names it; else it is <c>chromium-headless-shell</c>, which draws pages as Chromium does at half the work, where that is there,
/// or <c>chromium</c>.
/// </summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private const string Shell = "/usr/bin/chromium-headless-shell";

    private static readonly string[] s_quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string? s_named = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : null;

    private readonly IPlaywright _playwright;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <param name="more">More of its command line.</param>
    public static Task<ChromiumBrowser> StartAsync(params string[] more) => StartAsync(s_named ?? (File.Exists(Shell) ? Shell : Whole), more, []);

    /// <summary>The whole one, as people have it: it is pushed to, and keeps pages that were left as they were, for the way back.</summary>
    public static Task<ChromiumBrowser> StartWholeAsync() => StartAsync(Whole, [], ["--disable-back-forward-cache"]);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Whole => s_named ?? "/usr/bin/chromium";

    private static async Task<ChromiumBrowser> StartAsync(string program, string[] more, string[] without)
    {
        Xunit.Assert.True(File.Exists(program), $"This needs a browser: {program} is not there. Set CHROMIUM to the path of one.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = [.. s_quiet, .. more], IgnoreDefaultArgs = without }));
    }
}
