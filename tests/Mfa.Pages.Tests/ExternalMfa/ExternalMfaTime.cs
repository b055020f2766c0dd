using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A sign-in to Microsoft 365 that is left alone: Entra forgets it after five minutes, and we are done with it before.</summary>
public sealed class ExternalMfaTime(Chromium chromium, Storage storage)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task It_is_over_at_four_and_a_half_minutes_and_Entra_is_told_in_time()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        var (user, phone) = await laptop.WithPhoneAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        await phone.CodeAsync(2);
        _time.Advance(TimeSpan.FromSeconds(269));
        await Assertions.Expect(visit.Page.Field("code-of-text")).ToBeVisibleAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        // The page hears of it by itself.
        await visit.Page.Title("title-not-verified");
        await visit.Page.Press("sign-in-back", ("to", "Microsoft 365"));
        await visit.DeniedAsync();
    }

    [Fact]
    public async Task What_is_proved_in_the_last_second_is_in_time()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        var (user, phone) = await laptop.WithPhoneAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        _time.Advance(TimeSpan.FromSeconds(269));
        await visit.Page.Type("code-of-text", await phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }

    [Fact]
    public async Task Who_comes_back_when_Entra_has_forgotten_it_is_signed_in_nowhere()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        var (user, phone) = await laptop.WithPhoneAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await phone.CodeAsync(2);
        _time.Advance(TimeSpan.FromMinutes(6));
        await visit.Page.Title("title-not-verified");
        Assert.DoesNotContain(laptop.Entra.Outcomes, o => o.IsSignedIn);
    }

    [Fact]
    public async Task A_set_up_that_is_not_done_in_time_leads_back_to_Entra_too()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        var phone = laptop.Laptop.NewPhone();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, EntraUser.New());
        await visit.Page.Press("set-it-up");
        await SetUpTests.TextPhone(visit.Page, phone);
        await phone.CodeAsync();
        _time.Advance(TimeSpan.FromSeconds(271));
        // The page hears of it by itself, and goes where that is told.
        await visit.Page.Title("title-not-verified");
        await visit.Page.Press("sign-in-back", ("to", "Microsoft 365"));
        await visit.DeniedAsync();
    }

    [Fact]
    public async Task Who_begins_again_too_soon_for_another_text_chooses_what_there_is()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time, ("Policy:SendAgainAfter", null));
        var (user, phone) = await laptop.WithPhoneAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await visit.Page.Field("code-of-text").WaitForAsync();
        await phone.CodeAsync(2);
        await visit.Page.Page.GoBackAsync();
        await visit.GoOnAsync();
        await visit.Page.Press("contact-me");
        await Assertions.Expect(visit.Page.Page.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        Assert.Equal(2, (await phone.CodedAsync()).Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        await visit.Page.Press("contact-me");
        await visit.Page.Type("code-of-text", await phone.CodeAsync(3));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
    }
}
