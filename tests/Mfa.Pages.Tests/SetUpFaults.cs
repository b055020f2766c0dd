using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What browsers and networks do in the middle of a set-up: the page comes back to the right place, and nothing is sent twice.</summary>
public sealed class SetUpFaults(Chromium chromium, Storage storage)
{
    [Fact]
    public async Task A_reload_comes_back_to_the_code_that_was_sent()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await SetUpTests.TextPhone(page, phone);
        var code = await phone.CodeAsync();
        await page.Page.ReloadAsync();
        await page.Type("code-of-text", code);
        await page.Press("verify");
        await page.Title("title-codes");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task The_way_back_hangs_a_ringing_phone_up_and_the_way_forward_tells_that_it_is_over()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await ToCall(page, phone);
        await page.Press("contact-me");
        await phone.RingsAsync();
        // The phone may ring before the page hears of it.
        await page.Title("title-contact-phone");
        await page.Page.GoBackAsync();
        await page.Title("title-phone");
        await phone.EndsAsync();
        await page.Page.GoForwardAsync();
        await page.Wrong("end-cancelled");
        await page.Press("begin-again");
        await page.Title("title-choose");
    }

    [Fact]
    public async Task Who_goes_back_before_the_answer_is_there_stays_there_and_the_phone_stops_ringing()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await ToCall(page, phone);
        var (held, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync("**/contact", async route =>
        {
            var answer = await route.FetchAsync();
            held.SetResult();
            await goOn.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.Press("contact-me");
        await held.Task;
        await phone.RingsAsync();
        await page.Page.GoBackAsync();
        await page.Title("title-choose");
        goOn.SetResult();
        await phone.EndsAsync();
        await page.Title("title-choose");
        Assert.EndsWith("#choose", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_tabs_both_go_on_when_the_code_is_typed_in_one()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await SetUpTests.TextPhone(page, phone);
        var other = await page.Tab(new Uri(page.Page.Url).PathAndQuery + new Uri(page.Page.Url).Fragment);
        await other.Field("code-of-text").WaitForAsync();
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        await other.Title("title-codes");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_what_was_pressed_meanwhile_is_done_once()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        await page.Context.SetOfflineAsync(true);
        await page.Press("contact-me");
        await page.Wrong("offline-trying");
        await page.Context.SetOfflineAsync(false);
        await page.Field("code-of-text").WaitForAsync();
        await page.Context.SetOfflineAsync(true);
        await page.Wrong("offline-trying");
        // Where the network is away, the reply still verifies, and the page hears of it.
        await phone.TextAsync(Laptop.Sender, await phone.CodeAsync());
        await page.Context.SetOfflineAsync(false);
        await page.Title("title-codes");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_asked_for_again_and_nothing_is_sent_twice()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        var lost = new HashSet<string>();
        await page.Page.RouteAsync(url => url.EndsWith("/enrollments", StringComparison.Ordinal) || url.EndsWith("/contact", StringComparison.Ordinal), async route =>
        {
            // It arrives, and the answer doesn't: the first time.
            if (lost.Add(new Uri(route.Request.Url).Segments[^1]))
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await SetUpTests.TextPhone(page, phone);
        Assert.Equal(["contact", "enrollments"], lost.Order());
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task On_a_slow_network_an_impatient_press_counts_once()
    {
        await using var service = await Service.Start(storage);
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        var network = await page.Context.NewCDPSessionAsync(page.Page);
        await network.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 1500, ["downloadThroughput"] = 20_000, ["uploadThroughput"] = 20_000 });
        await page.Button("contact-me").DblClickAsync();
        await page.Field("code-of-text").WaitForAsync();
        Assert.Equal((1, 1), (page.Count("POST .*/enrollments$"), page.Count("POST .*/contact$")));
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task A_token_that_runs_out_in_the_middle_is_renewed_and_the_page_is_where_it_was()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await Service.Start(storage, time, ("Local:TokenLifetime", "00:01:00"));
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await SetUpTests.TextPhone(page, phone);
        var at = page.Page.Url;
        var renewed = page.Page.WaitForRequestAsync("**/dev/authorize?**");
        // The text is good for ten minutes, the token for one, and one more for clocks that are off.
        time.Advance(TimeSpan.FromMinutes(3));
        await renewed;
        await Assertions.Expect(page.Page).ToHaveURLAsync(at);
        await page.Type("code-of-text", await phone.CodeAsync());
        await page.Press("verify");
        await page.Title("title-codes");
        Assert.Single(await phone.CodedAsync());
    }

    [Fact]
    public async Task A_phone_that_is_called_twice_is_told_so_and_the_second_call_counts()
    {
        await using var service = await Service.Start(storage, ("Policy:CallRetryAfter", "00:00:02"));
        var phone = service.Laptop.NewPhone();
        await using var page = await UserPage.Open(chromium.Browser, service, "alice");
        await ToCall(page, phone);
        await page.Press("contact-me");
        await phone.RingsAsync();
        await phone.DeclineAsync();
        await page.Hears("reason-declined");
        await page.Sees("ask-call-again");
        await phone.AnswerAsync();
        await page.Hears("ask-call-answered");
        await phone.PressAsync("#");
        await page.Title("title-codes");
        Assert.Equal(1, page.Count("POST .*/contact$"));
    }

    // As far as the button that has the phone called.
    private static async Task ToCall(UserPage page, Handset phone)
    {
        await page.Press("set-it-up");
        await page.Choose("choose-call");
        await SetUpTests.TypePhone(page, phone);
        await page.Check("by-call");
    }
}
