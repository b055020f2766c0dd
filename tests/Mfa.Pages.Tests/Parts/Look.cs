using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Looks at screens: takes a picture of each, and asks axe. What it found is told at the end, all at once.</summary>
internal sealed class Look(Func<IPage> page, string folder) : IAsyncDisposable
{
    private readonly List<string> _found = [];

    public Look(App app, string folder) : this(() => app.Page, folder)
    {
    }

    public Look(UserPage page, string folder) : this(() => page.Page, folder)
    {
    }

    public async Task At(string screen)
    {
        var file = Path.Combine(Folders.Pictures, folder.ToLowerInvariant(), screen + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await page().ScreenshotAsync(new() { Path = file });
        _found.AddRange((await Axe.FindAsync(page().MainFrame)).Select(v => $"{screen}: {v}"));
        // What is wider than the screen has to be pushed about with a finger.
        if (await page().EvaluateAsync<bool>("() => [document.documentElement, ...document.querySelectorAll('dialog')].some((e) => e.scrollWidth > e.clientWidth + 1)"))
        {
            _found.Add($"{screen}: wider than the screen");
        }
    }

    public ValueTask DisposeAsync()
    {
        Assert.Empty(_found);
        return ValueTask.CompletedTask;
    }
}
