using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What a sign-in leaves in a browser that others use too, and what another's link does to it.</summary>
public sealed class HostileSignIns(Chromium chromium, ShopHead head) : IClassFixture<ShopHead>
{
    private const string Kept = "() => JSON.stringify(Object.entries(localStorage))";

    [Fact]
    public async Task The_ticket_is_in_no_address_and_nothing_is_kept_once_it_is_over()
    {
        var (user, phone, _) = await head.WithPhoneAsync();
        using var __ = user;
        var opened = await head.Shop.AskAsync(user.Id);
        var ticket = new Uri(opened["signInUrl"]).Fragment[1..];
        var sent = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var page = await head.FollowAsync(chromium.Browser, opened, before: context =>
        {
            context.Request += (_, request) => sent.Enqueue(request.Url.Split('#')[0] + request.PostData);
            return Task.CompletedTask;
        });
        await page.Field("code-of-text").WaitForAsync();
        Assert.Contains(ticket, await page.Page.EvaluateAsync<string>(Kept), StringComparison.Ordinal);
        Assert.DoesNotContain(ticket, await HistoryAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain(ticket, await page.Page.ContentAsync(), StringComparison.Ordinal);
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        await head.Shop.ReturnedAsync(page);
        Assert.Equal("", await page.Page.EvaluateAsync<string>("() => document.referrer"));
        // What is behind the # stays in the browser.
        Assert.DoesNotContain(sent, s => s.Contains(ticket, StringComparison.Ordinal));
        await page.Page.GotoAsync($"{head.Service.Url}/sign-in/{opened["id"]}");
        await page.Wrong("fault-sign-in-link");
        Assert.DoesNotContain("mfa-sign-in", await page.Page.EvaluateAsync<string>(Kept), StringComparison.Ordinal);
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task A_link_that_opens_nothing_takes_nothing_from_the_sign_in_that_goes_on()
    {
        var (user, phone, _) = await head.WithPhoneAsync();
        using var __ = user;
        var opened = await head.Shop.AskAsync(user.Id);
        await using var page = await head.FollowAsync(chromium.Browser, opened);
        await page.Field("code-of-text").WaitForAsync();
        foreach (var ticket in new[] { new string('p', 44), "<script>__ran=1</script>" })
        {
            var other = await page.Tab($"/sign-in/{opened["id"]}#{ticket}");
            await other.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
            await other.Page.CloseAsync();
        }

        await page.Page.ReloadAsync();
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        await head.Shop.RedeemAsync(page, opened);
    }

    [Fact]
    public async Task What_was_left_unfinished_is_gone_when_somebody_else_signs_in_there()
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        await using var page = await head.FollowAsync(chromium.Browser, await head.Shop.AskAsync(user.Id, new JsonObject { ["contact"] = false }));
        await page.Title("title-sign-in-to", ("application", "Contoso Expenses"));
        // An hour ago.
        await page.Page.EvaluateAsync("() => { for (const [key, value] of Object.entries(localStorage)) localStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), since: Date.now() - 3.7e6 })); localStorage.setItem('mfa-sign-in older', '{\"ticket\":\"p\"}'); }");
        var next = new Uri((await head.Shop.AskAsync(user.Id, new JsonObject { ["contact"] = false }))["signInUrl"]);
        var other = await page.Tab(next.PathAndQuery + next.Fragment);
        await other.Title("title-sign-in-to", ("application", "Contoso Expenses"));
        Assert.Equal(1, await page.Page.EvaluateAsync<int>("() => Object.keys(localStorage).filter((key) => key.startsWith('mfa-sign-in')).length"));
    }

    /// <summary>The addresses that the way back leads through.</summary>
    internal static async Task<string> HistoryAsync(UserPage page) =>
        (await (await page.Context.NewCDPSessionAsync(page.Page)).SendAsync("Page.getNavigationHistory"))!.Value.GetProperty("entries").EnumerateArray()
            .Aggregate("", (all, entry) => $"{all} {entry.GetProperty("url")}");
}
