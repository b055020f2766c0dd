using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Screens that the app is looked at on.</summary>
internal static class Looks
{
    public static BrowserNewContextOptions Phone(ColorScheme colours = ColorScheme.Light) => Of(390, 844, colours, 1);

    /// <summary>The narrowest that has to do (WCAG 2.2, 1.4.10).</summary>
    public static BrowserNewContextOptions Narrow() => Of(320, 640, ColorScheme.Light, 1);

    public static BrowserNewContextOptions Desktop(ColorScheme colours = ColorScheme.Light) => Of(1280, 800, colours, 1);

    /// <summary>The smallest screen that has to do (WCAG 2.2, 1.4.10), beside <see cref="Twice"/>.</summary>
    public static BrowserNewContextOptions Small() => Of(320, 640, ColorScheme.Light, 1);

    /// <summary>What makes text twice as large on a page that is there.</summary>
    public const string Twice = "() => { document.documentElement.style.fontSize = '200%'; }";

    /// <summary>Colours that the user's system forces on every page.</summary>
    public static BrowserNewContextOptions Forced()
    {
        var forced = Phone();
        forced.ForcedColors = ForcedColors.Active;
        return forced;
    }

    // Pictures are the same each time where nothing moves.
    private static BrowserNewContextOptions Of(int width, int height, ColorScheme colours, float scale) => new()
    {
        ViewportSize = new() { Width = width, Height = height },
        DeviceScaleFactor = scale,
        ColorScheme = colours,
        Locale = "en-GB",
        ReducedMotion = ReducedMotion.Reduce,
        Permissions = ["clipboard-read", "clipboard-write"],
    };
}
