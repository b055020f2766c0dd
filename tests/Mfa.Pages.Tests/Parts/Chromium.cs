using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Mfa.Pages.Tests.Chromium))]

namespace Mfa.Pages.Tests;

/// <summary>A real browser: CHROMIUM names it, else /usr/bin/chromium.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        Browser = await LaunchAsync();
    }

    /// <summary>Another one, with a camera that shows a film (y4m).</summary>
    public Task<IBrowser> WithCameraAsync(string film) =>
        LaunchAsync("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}");

    /// <summary>Another one, which keeps pages that were left as they were, for the way back: as people's browsers do, and Playwright's don't.</summary>
    public Task<IBrowser> WithHistoryAsync() => _playwright!.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = s_quiet, IgnoreDefaultArgs = ["--disable-back-forward-cache"] });

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private Task<IBrowser> LaunchAsync(params string[] more) => _playwright!.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = [.. s_quiet, .. more] });

    private static string Program
    {
        get
        {
            var chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
            Assert.True(File.Exists(chromium), $"This test needs a browser: {chromium} is not there. Set CHROMIUM to the path of one.");
            return chromium;
        }
    }
}
