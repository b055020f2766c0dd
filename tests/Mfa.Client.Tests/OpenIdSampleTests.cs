using System.Text.Json.Nodes;
using Mfa.Local;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>docs/samples/OpenIdProgram: ASP.NET Core's own OpenID Connect handler, which knows nothing of ours, as somebody's browser meets it. What that does on the service's pages, it does here by HTTP.</summary>
public sealed class OpenIdSampleTests(Storage storage) : ShopTest(storage)
{
    private readonly string _url = $"http://127.0.0.1:{FreePorts.Take(1)}";

    // Its secret and the rest are as the laptop has them.
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Clients:program:RedirectUris:0"] = _url + "/signin-oidc" };

    [Fact]
    public async Task Who_proves_on_the_services_page_is_signed_in_and_an_address_in_the_history_signs_nobody_in()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        using var page = await OpenAsync(browser, User);
        Assert.Equal("Demo program", (await page.SeeAsync())["application"]);
        var back = (await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)))["returnTo"];
        Assert.StartsWith(_url + "/signin-oidc?code=", back, StringComparison.Ordinal);
        Assert.Contains($"Hello {User.Id}, you are signed in (mfa sms; urn:mfa:second-step).", await browser.GoAsync(back), StringComparison.Ordinal);
        Assert.Contains("Hello", await browser.GoAsync("/"), StringComparison.Ordinal);

        await browser.GoAsync("/sign-out");
        Assert.Contains("You were not signed in.", await browser.GoAsync(back), StringComparison.Ordinal);
        await browser.GoAsync("/");
        Assert.Equal(new Uri(Laptop.Url).Authority, browser.At.Authority);
    }

    [Fact]
    public async Task In_a_browser_that_did_not_ask_nobody_is_signed_in()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var thief = sample.NewBrowser();
        using var victim = sample.NewBrowser();
        using var page = await OpenAsync(thief, User);
        var back = (await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)))["returnTo"];
        Assert.Contains("You were not signed in.", await victim.GoAsync(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_calls_it_off_is_not_signed_in_and_who_has_nothing_set_up_sets_it_up_first()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        using var page = await OpenAsync(browser, User);
        await page.DeleteAsync(page.Id);
        Assert.Contains("You were not signed in.", await browser.GoAsync((await page.SeeAsync())["returnTo"]), StringComparison.Ordinal);
        using var other = await Laptop.SignInAsync();
        using var setUp = await OpenAsync(browser, other);
        Assert.Equal("true", (await setUp.SeeAsync())["setUp"]);
    }

    private Task<SampleApp> StartAsync() => SampleApp.StartAsync("OpenIdProgram", _url, "/not-signed-in", "--Mfa:Issuer", Laptop.Url, "--Mfa:Secret", HeadConfiguration.DemoSecret);

    // The browser is sent to the issuer, and from there to the second step.
    private async Task<SignInVisit> OpenAsync(FormBrowser browser, Person user)
    {
        await browser.GoAsync("/");
        Assert.Equal((new Uri(Laptop.Url).Authority, "/sign-in"), (browser.At.Authority, browser.At.AbsolutePath));
        // It pushes what it asks for wherever that is taken.
        Assert.Contains("request_uri=", browser.At.Query, StringComparison.Ordinal);
        var asked = await user.PostAsync("me/authorizations", new JsonObject { ["query"] = browser.At.Query[1..] });
        Assert.True(asked.Status == 200, asked.ToString());
        var page = SignInVisit.Of(Laptop.Url, asked["next"], SignInVisit.NewWindow());
        await page.SeeAsync();
        return page;
    }
}
