using Microsoft.Playwright;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A real browser, and what its pages complained of.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly ChromiumBrowser _chromium;

    private Chromium(ChromiumBrowser chromium) => _chromium = chromium;

    /// <summary>What pages complained of.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> Start() => new(await ChromiumBrowser.StartAsync());

    public async Task<IPage> NewPage(BrowserNewPageOptions? options = null)
    {
        var page = await _chromium.Browser.NewPageAsync(options);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") { Complaints.Add(message.Text); } };
        page.PageError += (_, fault) => Complaints.Add(fault);
        return page;
    }

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
