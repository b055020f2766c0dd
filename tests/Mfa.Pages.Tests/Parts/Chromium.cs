using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Mfa.Pages.Tests.Chromium))]

namespace Mfa.Pages.Tests;

/// <summary>The browsers of this run.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly List<ChromiumBrowser> _all = [];

    /// <summary>What tests share, each with a context of its own.</summary>
    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        Browser = await KeepAsync(ChromiumBrowser.StartAsync());
    }

    /// <summary>Another one, with a camera that shows a film (y4m).</summary>
    public Task<IBrowser> WithCameraAsync(string film) =>
        KeepAsync(ChromiumBrowser.StartAsync("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}"));

    /// <summary>Another one, as people have it: see <see cref="ChromiumBrowser.StartWholeAsync"/>.</summary>
    public Task<IBrowser> WholeAsync() => KeepAsync(ChromiumBrowser.StartWholeAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
        {
            await one.DisposeAsync();
        }
    }

    private async Task<IBrowser> KeepAsync(Task<ChromiumBrowser> starting)
    {
        var one = await starting;
        lock (_all)
        {
            _all.Add(one);
        }

        return one.Browser;
    }
}
