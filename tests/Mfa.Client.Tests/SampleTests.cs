using Xunit;

namespace Mfa.Client.Tests;

/// <summary>docs/samples/RelyingParty, a process of its own, as somebody's browser meets it. What that does on the service's page, it does here by HTTP.</summary>
public sealed class SampleTests(Storage storage) : ShopTest(storage)
{
    private readonly string _url = $"http://127.0.0.1:{FreePorts.Take(1)}";

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Clients:shop:ReturnTo:0"] = _url + "/second-step" };

    [Fact]
    public async Task A_password_and_a_texted_code_sign_in_and_neither_alone_does()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
        Assert.Contains("That is not the password.", await browser.SubmitAsync(("user", User.Id), ("password", "wrong")), StringComparison.Ordinal);
        Assert.Single(await Phone.TextsAsync());

        using var page = await SignInAsync(browser);
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
        var verified = await page.VerifyAsync(page.Id, await Phone.CodeAsync(2));
        var home = await browser.GoAsync(verified["returnTo"]);
        Assert.Contains($"Hello {User.Id}, you are signed in (mfa sms; urn:mfa:second-step).", System.Net.WebUtility.HtmlDecode(home), StringComparison.Ordinal);

        await browser.SubmitAsync();
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
        // Its address in the history signs nobody in.
        Assert.Contains("Password", await browser.GoAsync(verified["returnTo"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_in_a_browser_that_gave_no_password_is_not_signed_in_nor_is_who_sent_the_link()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var thief = sample.NewBrowser();
        using var sent = await SignInAsync(thief);
        // The one who is asked opens the link and proves, and the thief has the session of the shop.
        using var victim = sample.NewBrowser();
        var verified = await sent.VerifyAsync(sent.Id, await Phone.CodeAsync(2));
        using var peeking = new SignInVisit(Laptop.Url, sent.Id, sent.Ticket, SignInVisit.NewWindow());
        Assert.Equal(409, (await peeking.SeeAsync()).Status);
        Assert.Contains("Password", await victim.GoAsync(verified["returnTo"]), StringComparison.Ordinal);
        Assert.Contains("You were not signed in.", await thief.GoAsync("/second-step?answer=x"), StringComparison.Ordinal);
        Assert.Contains("Password", await thief.GoAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_was_remembered_is_not_asked_again_and_again()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        using var page = await SignInAsync(browser, ("remember", "on"));
        await browser.GoAsync((await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)))["returnTo"]);
        for (var i = 0; i < 2; i++)
        {
            await browser.SubmitAsync();
            Assert.Contains("urn:mfa:remembered", await browser.SubmitAsync(("user", User.Id), ("password", "demo")), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Phone.TextsAsync()).Count);
        using var other = sample.NewBrowser();
        using var asked = await SignInAsync(other);
        Assert.Equal("open", (await asked.SeeAsync())["state"]);
    }

    [Fact]
    public async Task Who_calls_it_off_is_not_signed_in_and_who_has_nothing_set_up_is_sent_there()
    {
        await EnrollAsync();
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        using var page = await SignInAsync(browser);
        await page.DeleteAsync(page.Id);
        Assert.Contains("You were not signed in.", await browser.GoAsync((await page.SeeAsync())["returnTo"]), StringComparison.Ordinal);
        await browser.SubmitAsync(("user", "bob"), ("password", "demo"));
        Assert.Equal(new Uri(Laptop.Url).Authority, browser.At.Authority);
    }

    [Fact]
    public async Task Nobody_signs_in_while_the_service_is_away_and_no_form_comes_from_another_site()
    {
        await using var sample = await StartAsync();
        using var browser = sample.NewBrowser();
        await browser.GoAsync("/sign-in");
        Assert.Equal("Come back later.", await browser.SubmitAsync(withToken: false, ("user", User.Id), ("password", "demo")));
        Assert.Empty(Front.Requests);
        Front.Down = true;
        await browser.GoAsync("/sign-in");
        Assert.Equal("Come back later.", await browser.SubmitAsync(("user", User.Id), ("password", "demo")));
        Assert.NotEmpty(Front.Requests);
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
    }

    private Task<SampleApp> StartAsync() => SampleApp.StartAsync("RelyingParty", _url, "/sign-in", "--Mfa:BaseAddress", Front.Url, "--Mfa:Issuer", Laptop.Url);

    // With the right password; the page that the browser is sent to.
    private async Task<SignInVisit> SignInAsync(FormBrowser browser, params (string, string)[] more)
    {
        await browser.GoAsync("/sign-in");
        await browser.SubmitAsync([("user", User.Id), ("password", "demo"), .. more]);
        Assert.Equal("/sign-in/", string.Concat(browser.At.Segments[..2]));
        var page = SignInVisit.Of(Laptop.Url, Seen.Secret(browser.At.OriginalString), SignInVisit.NewWindow());
        await page.SeeAsync();
        return page;
    }
}
