using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A browser that signs in to Microsoft 365: at Entra, at our page for the second step, and back. Nothing is complained of and no cookie is left on the way.</summary>
internal sealed class EntraVisit : IAsyncDisposable
{
    private readonly EntraLaptop _laptop;
    private readonly Watch _watch;

    private EntraVisit(EntraLaptop laptop, UserPage page, Watch watch) => (_laptop, Page, _watch) = (laptop, page, watch);

    public UserPage Page { get; }

    /// <summary>Takes the first step, and stands at Entra's page that offers our service.</summary>
    public static async Task<EntraVisit> OpenAsync(IBrowser browser, EntraLaptop laptop, EntraUser user, string language = "en", BrowserNewContextOptions? look = null)
    {
        Watch? watch = null;
        var page = await UserPage.Open(browser, laptop.Entra.Url, laptop.Entra.SignInAt(user)[laptop.Entra.Url.Length..], language, look, async context =>
        {
            watch = Watch.Over(context, laptop.Entra.Url, laptop.Laptop.Url);
            await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', (e) => console.error(`${e.violatedDirective} forbids ${e.blockedURI}`));");
        });
        return new(laptop, page, watch!);
    }

    /// <summary>Goes on to our page, too.</summary>
    public static async Task<EntraVisit> BeginAsync(IBrowser browser, EntraLaptop laptop, EntraUser user, string language = "en", BrowserNewContextOptions? look = null)
    {
        var visit = await OpenAsync(browser, laptop, user, language, look);
        await visit.GoOnAsync();
        return visit;
    }

    /// <summary>Chooses our service at Entra, whatever comes of it.</summary>
    public Task ChooseAsync() => ChooseAsync(Page);

    /// <summary>Chooses our service at Entra, and is let in.</summary>
    public Task GoOnAsync() => GoOnAsync(Page);

    /// <summary>The same in another tab.</summary>
    public async Task GoOnAsync(UserPage page)
    {
        await ChooseAsync(page);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(_laptop.Laptop.Url)}/sign-in/[^#]+$"));
    }

    /// <summary>Another tab of the same browser, at Entra's page.</summary>
    public Task<UserPage> TabAsync(EntraUser user) => Page.Tab(_laptop.Entra.SignInAt(user)[_laptop.Entra.Url.Length..]);

    /// <summary>Another tab of the same browser at the very page that this one is at.</summary>
    public Task<UserPage> TwinAsync() => Page.Tab(new Uri(Page.Page.Url).PathAndQuery, _laptop.Laptop.Url);

    /// <summary>What Entra's page says that became of it, once the browser is back there.</summary>
    public Task<EntraOutcome> BackAsync() => BackAsync(Page);

    public async Task<EntraOutcome> BackAsync(UserPage page)
    {
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(_laptop.Entra.Url)}/done/"));
        await _watch.Harmless(page.Page, page.Page.Url);
        return _laptop.Entra.Outcomes.ElementAt(int.Parse(new Uri(page.Page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Back at Entra, signed in.</summary>
    /// <param name="amr">How.</param>
    /// <param name="page">The tab; the first one where null.</param>
    public async Task SignedInAsync(string amr, UserPage? page = null)
    {
        var outcome = await BackAsync(page ?? Page);
        Assert.True(outcome.IsSignedIn, outcome.ToString());
        Assert.Equal(amr, outcome.Amr);
    }

    /// <summary>Back at Entra, not signed in.</summary>
    public async Task DeniedAsync()
    {
        var outcome = await BackAsync();
        Assert.Equal(("access_denied", null), (outcome.Error, outcome.Fault));
    }

    /// <summary>Nothing strange happened so far.</summary>
    public Task Harmless() => _watch.Harmless(Page.Page);

    private static Task ChooseAsync(UserPage page) => page.Page.GetByRole(AriaRole.Button, new() { Name = "Contoso MFA" }).ClickAsync();

    public ValueTask DisposeAsync() => Page.DisposeAsync();
}
