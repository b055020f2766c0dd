using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Looks at screens: takes a picture of each, and asks axe. What it found is told at the end, all at once.</summary>
internal sealed class Look(App app, string folder) : IAsyncDisposable
{
    private readonly List<string> _found = [];

    public async Task At(string screen)
    {
        var file = Path.Combine(Folders.Pictures, folder.ToLowerInvariant(), screen + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await app.Page.ScreenshotAsync(new() { Path = file });
        _found.AddRange((await Axe.FindAsync(app.Page)).Select(v => $"{screen}: {v}"));
        // What is wider than the screen has to be pushed about with a finger.
        if (await app.Page.EvaluateAsync<bool>("() => [document.documentElement, ...document.querySelectorAll('dialog')].some((e) => e.scrollWidth > e.clientWidth + 1)"))
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
