using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Screens that the app is looked at on.</summary>
internal static class Looks
{
    public static BrowserNewContextOptions Phone(ColorScheme colours = ColorScheme.Light) => Of(390, 844, colours, 1);

    /// <summary>The narrowest that has to do (WCAG 2.2, 1.4.10).</summary>
    public static BrowserNewContextOptions Narrow() => Of(320, 640, ColorScheme.Light, 1);

    public static BrowserNewContextOptions Desktop(ColorScheme colours = ColorScheme.Light) => Of(1280, 800, colours, 1);

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
