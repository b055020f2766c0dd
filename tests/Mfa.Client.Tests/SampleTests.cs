using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>docs/samples/RelyingParty, a process of its own, as somebody's browser meets it.</summary>
public sealed class SampleTests(Storage storage) : ShopTest(storage)
{
    [Fact]
    public async Task A_password_and_a_texted_code_sign_in_and_neither_alone_does()
    {
        await EnrollAsync();
        await using var sample = await SampleApp.StartAsync(Front.Url, Laptop.Url);
        using var browser = sample.NewBrowser();
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
        Assert.Contains("That is not the password.", await browser.SubmitAsync(("user", User.Id), ("password", "wrong")), StringComparison.Ordinal);
        Assert.Single(await Phone.TextsAsync());

        var page = await browser.SubmitAsync(("user", User.Id), ("password", "demo"));
        Assert.Matches(@"A text with a code is on its way to .*" + Phone.Number[^2..], System.Net.WebUtility.HtmlDecode(page));
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
        await browser.GoAsync("/second-step");
        Assert.Contains("That is not the code; 4 tries are left.", await browser.SubmitAsync(("code", "000000")), StringComparison.Ordinal);
        page = await browser.SubmitAsync(("code", await Phone.CodeAsync(2)));
        Assert.Contains($"Hello {User.Id}, you are signed in (mfa sms; urn:mfa:second-step).", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        await browser.SubmitAsync();
        Assert.Contains("Password", await browser.GoAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_way_is_a_call_and_the_page_looks_again_by_itself_until_it_is_answered()
    {
        await EnrollAsync();
        await using var sample = await SampleApp.StartAsync(Front.Url, Laptop.Url);
        using var browser = sample.NewBrowser();
        await browser.GoAsync("/sign-in");
        var page = await browser.SubmitAsync(("user", User.Id), ("password", "demo"));
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal);
        page = await browser.SubmitAsync(("way", System.Net.WebUtility.HtmlDecode(Regex.Match(page, "name=\"way\" value=\"([^\"]* call)\"").Groups[1].Value)));
        Assert.Contains("press #", page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await Handset.UntilAsync(() => browser.GoAsync("/second-step"), p => p.Contains("you are signed in (mfa tel", StringComparison.Ordinal), "sign-in");
    }

    [Fact]
    public async Task A_notification_is_agreed_to_by_the_number_on_the_page()
    {
        using var app = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(app);
        await using var sample = await SampleApp.StartAsync(Front.Url, Laptop.Url);
        using var browser = sample.NewBrowser();
        await browser.GoAsync("/sign-in");
        var number = Regex.Match(await browser.SubmitAsync(("user", User.Id), ("password", "demo")), "Look at Pixel 9, and enter ([0-9]{2}) there").Groups[1].Value;
        Assert.Equal(200, (await app.AnswerAsync(await app.RequestAsync(), "authenticate", number)).Status);
        await Handset.UntilAsync(() => browser.GoAsync("/second-step"), p => p.Contains("you are signed in (mfa swk", StringComparison.Ordinal), "sign-in");
    }

    [Fact]
    public async Task A_browser_that_was_remembered_is_not_asked_again_and_again()
    {
        await EnrollAsync();
        await using var sample = await SampleApp.StartAsync(Front.Url, Laptop.Url);
        using var browser = sample.NewBrowser();
        await browser.GoAsync("/sign-in");
        await browser.SubmitAsync(("user", User.Id), ("password", "demo"), ("remember", "on"));
        await browser.SubmitAsync(("code", await Phone.CodeAsync(2)));
        for (var i = 0; i < 2; i++)
        {
            await browser.SubmitAsync();
            Assert.Contains("urn:mfa:remembered", await browser.SubmitAsync(("user", User.Id), ("password", "demo")), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await Phone.TextsAsync()).Count);
        using var other = sample.NewBrowser();
        await other.GoAsync("/sign-in");
        Assert.Contains("Second step", await other.SubmitAsync(("user", User.Id), ("password", "demo")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_signs_in_while_the_service_is_away_and_no_form_comes_from_another_site()
    {
        await using var sample = await SampleApp.StartAsync(Front.Url, Laptop.Url);
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
}
