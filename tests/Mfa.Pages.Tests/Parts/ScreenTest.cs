using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Screens in light and dark, on a phone and a desktop: axe finds nothing, and the picture of each is in artifacts/screens for eyes.</summary>
public abstract class ScreenTest(Chromium chromium)
{
    /// <summary>Another service's account.</summary>
    protected const string Seed = "otpauth://totp/GitHub:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=GitHub";

    public static TheoryData<string, ColorScheme> Screens => new()
    {
        { "phone", ColorScheme.Light }, { "phone", ColorScheme.Dark }, { "desktop", ColorScheme.Light }, { "desktop", ColorScheme.Dark },
    };

    private protected Task<App> Open(Service service, string size, ColorScheme colours) =>
        App.Open(chromium.Browser, service, size == "phone" ? Looks.Phone(colours) : Looks.Desktop(colours));
}
