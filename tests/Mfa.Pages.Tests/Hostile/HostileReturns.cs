using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Links to a page that name somewhere else to go back to: only where the company said.</summary>
public sealed class HostileReturns(Chromium chromium, ShopHead head) : IClassFixture<ShopHead>
{
    private static readonly string[] s_elsewhere =
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example", "/\t/evil.example/", "https:evil.example", "javascript:__ran=1", " javascript:__ran=1", "java\nscript:__ran=1",
        "data:text/html,<script>__ran=1</script>", "blob:https://portal.example.com/x", "https://portal.example.com.evil.example/", "https://portal.example.com@evil.example/", "https://portal.example.com%2f@evil.example/",
        "https://evil.example\\@portal.example.com/", "https://evil.example@portal.example.com/", "https://:pass@portal.example.com/", "http://portal.example.com/", "https://portal.example.com:444/", "https://portal.example.com./",
    ];

    // What a page asks for by itself.
    private static readonly string[] s_own = ["GET /api/v1/me", "GET /api/v1/me/recovery-codes", "GET /api/v1/me/remembered-browsers", "GET /api/v1/me/app-passwords"];

    [Theory]
    [InlineData("/settings", "title-settings")]
    [InlineData("/", "title-protected")]
    public async Task Nowhere_else_is_offered_and_what_is_allowed_is_followed(string path, string title)
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        Watch? watch = null;
        await using var page = await UserPage.Open(chromium.Browser, head.Service.Url, "/authenticator", before: context =>
        {
            watch = Watch.Over(context, head.Service.Url, ShopHead.Portal);
            return context.RouteAsync(ShopHead.Portal + "/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>Portal</title>" }));
        });
        // Which of them are offered is decided by one function, that each page asks.
        await GoAsync(s_elsewhere[0]);
        await Assertions.Expect(Back()).ToHaveCountAsync(0);
        var offered = await page.Page.EvaluateAsync<string[]>("""
            async (all) => {
              const { returnAddress } = await import(document.querySelector("link[href$='/base.js']").href);
              const [place, found] = [location.href, []];
              for (const one of all) {
                history.replaceState(null, "", `${location.pathname}?return=${encodeURIComponent(one)}`);
                const url = returnAddress();
                if (url) found.push(`${one} -> ${url}`);
              }
              history.replaceState(null, "", place);
              return found;
            }
            """, s_elsewhere);
        Assert.Empty(offered);
        foreach (var more in new[] { "javascript:__ran=1", "https://portal.example.com.evil.example/", "/\\evil.example/" })
        {
            await GoAsync(more);
            await Assertions.Expect(Back()).ToHaveCountAsync(0);
            await watch!.Harmless(page.Page, more);
        }

        await GoAsync(ShopHead.Portal + "/home?a=1#top");
        await Back().ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(ShopHead.Portal + "/home?a=1#top");
        Assert.Equal("", await page.Page.EvaluateAsync<string>("() => document.referrer"));

        async Task GoAsync(string to)
        {
            await page.Page.GotoAsync($"{head.Service.Url}{path}?login_hint={user.Id}&return={Uri.EscapeDataString(to)}");
            await page.Title(title);
            await page.Page.Locator("main .methods li").First.WaitForAsync();
        }

        ILocator Back() => page.Page.GetByText(page.Text("go-back"), new() { Exact = true });
    }

    [Theory]
    [InlineData("..\\activity")]
    [InlineData("..")]
    [InlineData("..\\..\\admin\\users\\alice")]
    [InlineData("%2e%2e")]
    public async Task A_link_can_t_lead_a_request_of_the_signed_in_user_elsewhere(string id)
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        foreach (var path in new[] { "/", "/settings" })
        {
            await using var page = await UserPage.Open(chromium.Browser, head.Service.Url, $"{path}?login_hint={user.Id}#e/{id}");
            await page.Wrong("fault-not-found");
            Assert.Empty(page.Asked.Except(s_own));
        }
    }
}
