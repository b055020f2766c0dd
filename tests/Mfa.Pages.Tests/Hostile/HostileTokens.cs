using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The token of the first step: in a page's memory as long as it is shown, and nobody else's ever.</summary>
public sealed class HostileTokens(Chromium chromium, ShopHead head) : IClassFixture<ShopHead>
{
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly ConcurrentQueue<string> _redeemed = new();

    [Theory]
    [InlineData("/settings", "title-settings")]
    [InlineData("/", "title-protected")]
    public async Task It_is_in_no_storage_address_document_or_history(string path, string title)
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        await using var page = await UserPage.Open(chromium.Browser, head.Service.Url, $"{path}?login_hint={user.Id}", before: Listen);
        await page.Title(title);
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        var token = Assert.Single(_tokens.Distinct());
        var code = Assert.Single(_redeemed);
        var everything = await page.Page.EvaluateAsync<string>("""
            async () => {
              const globals = Object.getOwnPropertyNames(globalThis).map((name) => { try { return typeof globalThis[name] === "string" ? globalThis[name] : ""; } catch { return ""; } });
              const stored = [{ ...sessionStorage }, Object.entries(localStorage).filter(([key]) => key !== "mfa-development-issuer"), await caches.keys(), await indexedDB.databases()];
              return JSON.stringify([globals, stored, location.href, history.state, document.cookie, document.referrer, document.documentElement.outerHTML, Object.entries(navigator.serviceWorker.controller ?? {})]);
            }
            """) + await HostileSignIns.HistoryAsync(page);
        foreach (var secret in new[] { token, token.Split('.')[2], code, "code_verifier", "code=" })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }

        // The verifier served, and is gone with its state.
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        // Another tab of the same browser has nothing of it either: it asks the issuer itself.
        var other = await page.Tab("/authenticator");
        Assert.Equal(0, await other.Page.EvaluateAsync<int>("() => sessionStorage.length"));
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task A_code_that_somebody_else_was_given_signs_nobody_in()
    {
        using var villain = await head.Service.Laptop.SignInAsync();
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        var theirs = await CodeAsync(villain.Id);
        await using var page = await OpenAsync(user);
        // The address that the issuer sent somebody else to, whole: this browser has no such state.
        await page.Page.GotoAsync(theirs);
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        await page.Sees("signed-in-as", ("name", $"{user.Id}@contoso.example"));
        Assert.DoesNotContain(Code(theirs), _redeemed);
        // Its code behind the state that this browser waits for: it was made for another verifier.
        var swapped = 0;
        await page.Page.RouteAsync("**/settings?*state=*", async route =>
        {
            swapped++;
            await route.FulfillAsync(new() { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = route.Request.Url.Replace(Code(route.Request.Url), Code(theirs), StringComparison.Ordinal) } });
        }, new() { Times = 1 });
        await page.Page.GotoAsync($"{head.Service.Url}/settings?login_hint={user.Id}&again");
        await page.Wrong("fault-first-step-refused", ("error", "invalid_grant"));
        Assert.Equal(1, swapped);
        Assert.Contains(Code(theirs), _redeemed);
        Assert.DoesNotContain(_tokens, t => t.Split('.')[1] == villain.Token.Split('.')[1]);
    }

    [Fact]
    public async Task What_came_back_once_does_not_come_back_again()
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        var came = new ConcurrentQueue<string>();
        await using var page = await OpenAsync(user, context => context.Request += (_, request) =>
        {
            if (request.Url.Contains("code=", StringComparison.Ordinal))
            {
                came.Enqueue(request.Url);
            }
        });
        var used = _redeemed.Single();
        await page.Page.GotoAsync(came.Single());
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        Assert.Equal(2, _redeemed.Distinct().Count());
        Assert.Equal(1, _redeemed.Count(code => code == used));
    }

    [Theory]
    [InlineData("&iss=", "&was=")]
    [InlineData("7071", "7072")]
    public async Task An_answer_of_another_issuer_is_refused(string says, string instead)
    {
        using var user = await head.Service.Laptop.SignInAsync();
        await using var page = await UserPage.Open(chromium.Browser, head.Service.Url, "/authenticator", before: async context =>
        {
            await Listen(context);
            await context.RouteAsync("**/settings?*code=*" + says + "*", route => route.FulfillAsync(new() { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = route.Request.Url.Replace(says, instead, StringComparison.Ordinal) } }));
        });
        await page.Page.GotoAsync($"{head.Service.Url}/settings?login_hint={user.Id}");
        await page.Wrong("fault-first-step-refused", ("error", "iss"));
        Assert.Empty(_redeemed);
    }

    [Theory]
    [InlineData("#access_token=")]
    [InlineData("?access_token=")]
    [InlineData("?state=x&error=none&error_description=<script>__ran=1</script>#id_token=")]
    public async Task A_token_in_the_address_is_none(string with)
    {
        using var villain = await head.Service.Laptop.SignInAsync();
        using var user = await head.Service.Laptop.SignInAsync();
        // The user is signed in at the issuer.
        await using var page = await UserPage.Open(chromium.Browser, head.Service.Url, $"/settings?login_hint={user.Id}", before: Listen);
        await page.Sees("signed-in-as", ("name", $"{user.Id}@contoso.example"));
        await page.Page.GotoAsync($"{head.Service.Url}/{with}{villain.Token}&token_type=Bearer&state=x");
        await page.Sees("signed-in-as", ("name", $"{user.Id}@contoso.example"));
        Assert.DoesNotContain(villain.Token, _tokens);
    }

    [Fact]
    public async Task Whoever_goes_back_to_a_page_that_its_user_left_finds_nothing_of_theirs()
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        await using var browser = await chromium.WholeAsync();
        await using var elsewhere = await Elsewhere.StartAsync();
        await using var page = await UserPage.Open(browser, head.Service.Url, $"/settings?login_hint={user.Id}", before: Listen);
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        await page.Page.EvaluateAsync("() => { addEventListener('pageshow', (e) => { if (e.persisted) sessionStorage.setItem('kept', document.querySelector('main').innerText || 'nothing'); }); }");
        var issued = _tokens.Distinct().Count();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("settings-sign-out") }).ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("/dev/end-session"));
        await page.Page.GotoAsync(elsewhere.Page(""));
        // The issuer asks who it is: nobody is signed in. The page that was kept was empty, and begins anew.
        await page.Page.RouteAsync("**/dev/authorize?*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>Who are you?</h1>" }));
        await page.Page.EvaluateAsync("() => history.go(-2)");
        await page.Page.GetByText("Who are you?").WaitForAsync();
        await page.Page.UnrouteAllAsync();
        await page.Page.GotoAsync(head.Service.Url + "/authenticator");
        Assert.Equal("nothing", await page.Page.EvaluateAsync<string>("() => sessionStorage.getItem('kept')"));
        Assert.Equal(issued, _tokens.Distinct().Count());
    }

    private async Task<UserPage> OpenAsync(Person user, Action<IBrowserContext>? before = null)
    {
        var page = await UserPage.Open(chromium.Browser, head.Service.Url, $"/settings?login_hint={user.Id}", before: context =>
        {
            before?.Invoke(context);
            return Listen(context);
        });
        await page.Page.Locator("main .methods li").First.WaitForAsync();
        return page;
    }

    // The address that the issuer sends somebody to, whose page never sees it.
    private async Task<string> CodeAsync(string user)
    {
        var came = new TaskCompletionSource<string>();
        await using var context = await chromium.Browser.NewContextAsync();
        await context.RouteAsync("**/settings?*code=*", route =>
        {
            came.TrySetResult(route.Request.Url);
            return route.AbortAsync();
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{head.Service.Url}/settings?login_hint={user}");
        return await came.Task.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
    }

    private static string Code(string address) => System.Web.HttpUtility.ParseQueryString(new Uri(address).Query)["code"]!;

    private Task Listen(IBrowserContext context)
    {
        context.Request += (_, request) =>
        {
            if (request.Headers.TryGetValue("authorization", out var token))
            {
                _tokens.Enqueue(token["Bearer ".Length..]);
            }

            if (request.Method == "POST" && request.Url.EndsWith("/dev/token", StringComparison.Ordinal))
            {
                _redeemed.Enqueue(System.Web.HttpUtility.ParseQueryString(request.PostData!)["code"]!);
            }
        };
        return Task.CompletedTask;
    }
}
