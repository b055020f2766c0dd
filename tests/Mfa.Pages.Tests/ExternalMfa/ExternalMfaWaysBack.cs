using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What users do with a browser in the middle of a sign-in to Microsoft 365: go back, load again, open another tab, call it off.</summary>
public sealed class ExternalMfaWaysBack(Chromium chromium, EntraLaptop laptop) : IClassFixture<EntraLaptop>, IAsyncLifetime
{
    private EntraUser _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync() => (_user, _phone) = await laptop.WithPhoneAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_calls_it_off_is_back_at_Entra_at_once()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Press("cancel");
        await visit.DeniedAsync();
    }

    [Fact]
    public async Task Who_says_no_on_the_phone_is_told_and_then_back_at_Entra()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await ExternalMfaWays.CallAsync(visit.Page, _phone);
        await _phone.AnswerAsync();
        await _phone.PressAsync("0#");
        await _phone.SaysAsync("You are about to report");
        await _phone.PressAsync("1");
        await visit.Page.Title("title-not-verified");
        await visit.Page.Press("sign-in-back", ("to", "Microsoft 365"));
        await visit.DeniedAsync();
    }

    [Fact]
    public async Task Wrong_codes_are_told_and_then_denied_at_Entra()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        var wrong = await _phone.CodeAsync(2) == "111111" ? "222222" : "111111";
        for (var left = 4; left >= 0; left--)
        {
            await visit.Page.Type("code-of-text", wrong);
            await visit.Page.Press("verify");
            await (left > 0 ? visit.Page.Wrong("fault-wrong-code", ("triesLeft", $"{left}")) : visit.Page.Title("title-not-verified"));
        }

        await visit.Page.Press("sign-in-back", ("to", "Microsoft 365"));
        await visit.DeniedAsync();
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_goes_on()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        await visit.Page.Page.ReloadAsync();
        await visit.Page.Type("code-of-text", await _phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
        Assert.Equal(2, (await _phone.CodedAsync()).Count);
    }

    [Fact]
    public async Task Who_goes_back_to_Entra_begins_anew()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        var first = visit.Page.Page.Url;
        await _phone.CodeAsync(2);
        await visit.Page.Page.GoBackAsync();
        await visit.GoOnAsync();
        Assert.NotEqual(first, visit.Page.Page.Url);
        await visit.Page.Type("code-of-text", await _phone.CodeAsync(3));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }

    [Fact]
    public async Task Who_goes_back_after_it_answers_nothing_twice()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Type("code-of-text", await _phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
        var answered = laptop.Entra.Outcomes.Count;
        // No page of ours is left in the history but, at most, one that has nothing more to answer.
        await visit.Page.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Page.GetByRole(AriaRole.Heading)).Not.ToHaveTextAsync("You are signed in");
        await visit.Page.Page.GetByRole(AriaRole.Heading).WaitForAsync();
        Assert.Equal(answered, laptop.Entra.Outcomes.Count);
    }

    [Fact]
    public async Task Two_sign_ins_in_two_tabs_are_two()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        var code = await _phone.CodeAsync(2);
        var other = await visit.TabAsync(_user);
        await visit.GoOnAsync(other);
        await other.Field("code-of-text").WaitForAsync();
        await other.Type("code-of-text", await _phone.CodeAsync(3));
        await other.Press("verify");
        await visit.SignedInAsync("sms", other);
        await visit.Page.Type("code-of-text", code);
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }

    [Fact]
    public async Task The_same_sign_in_in_two_tabs_is_answered_once()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        var twin = await visit.TwinAsync();
        await twin.Field("code-of-text").WaitForAsync();
        await twin.Type("code-of-text", await _phone.CodeAsync(2));
        var before = laptop.Entra.Outcomes.Count;
        await twin.Press("verify");
        // Both tabs see that it is over, and one of them brings the answer.
        var done = new Regex($"^{Regex.Escape(laptop.Entra.Url)}/done/");
        await Handset.UntilAsync(() => Task.FromResult(new[] { visit.Page.Page.Url, twin.Page.Url }), urls => urls.Any(done.IsMatch), "tab at Entra");
        var (there, left) = done.IsMatch(twin.Page.Url) ? (twin, visit.Page) : (visit.Page, twin);
        await visit.SignedInAsync("sms", there);
        await Assertions.Expect(left.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        Assert.Single(laptop.Entra.Outcomes.Skip(before), o => o.IsSignedIn);
        Assert.Equal(before + 1, laptop.Entra.Outcomes.Count);
    }

    [Fact]
    public async Task A_link_that_was_handed_on_signs_nobody_in()
    {
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, _user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        await using var stranger = await UserPage.Open(chromium.Browser, laptop.Laptop.Url, new Uri(visit.Page.Page.Url).AbsolutePath);
        await stranger.Wrong("fault-sign-in-link");
        await using var guessing = await UserPage.Open(chromium.Browser, laptop.Laptop.Url, $"/external-mfa/answer#{new Uri(visit.Page.Page.Url).Segments[^1]}.{new string('A', 43)}");
        await Assertions.Expect(guessing.Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        Assert.StartsWith(laptop.Laptop.Url, guessing.Page.Url, StringComparison.Ordinal);
        await visit.Page.Type("code-of-text", await _phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }
}
