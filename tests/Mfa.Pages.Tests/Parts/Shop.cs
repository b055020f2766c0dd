using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A relying party without a page of its own for the second step: it sends its user to ours, and has a place to come back to.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly WebApplication _site;
    private Service? _service;

    private Shop(WebApplication site) => _site = site;

    /// <summary>Where its user comes back to.</summary>
    public string Back => _site.Urls.Single() + "/back";

    /// <summary>A shop, and a service that knows it.</summary>
    public static async Task<(Service Service, Shop Shop)> OpenAsync(Storage storage, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.MapGet("/back", () => Results.Text("<title>The shop</title><h1>The shop</h1>", "text/html"));
        await site.StartAsync();
        var shop = new Shop(site);
        shop._service = await Service.Start(storage, [("Clients:shop:ReturnTo:0", shop.Back), .. settings]);
        return (shop._service, shop);
    }

    /// <summary>Asks for a user's second step on the page.</summary>
    public async Task<Reply> AskAsync(string user, JsonObject? more = null, RelyingParty? party = null)
    {
        var asked = new JsonObject { ["application"] = "Contoso Expenses", ["place"] = "Utrecht, Netherlands", ["ip"] = "203.0.113.7" };
        foreach (var (name, value) in more ?? [])
        {
            asked[name] = value?.DeepClone();
        }

        var opened = await (party ?? _service!.Shop).OnPageAsync(user, asked, new() { ["returnTo"] = Back, ["state"] = "s-1" });
        Assert.True(opened.Status == 201, opened.ToString());
        return opened;
    }

    /// <summary>The user's browser follows the link.</summary>
    public static Task<UserPage> FollowAsync(IBrowser browser, Reply opened, string language = "en", BrowserNewContextOptions? look = null)
    {
        var link = new Uri(opened["signInUrl"]);
        return UserPage.Open(browser, link.GetLeftPart(UriPartial.Authority), link.PathAndQuery + link.Fragment, language, look);
    }

    /// <summary>What the user brings back.</summary>
    public async Task<Dictionary<string, string>> ReturnedAsync(UserPage page)
    {
        // The page goes by itself: it may be there before a wait for its navigation begins.
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(Back)}\\?"));
        return System.Web.HttpUtility.ParseQueryString(new Uri(page.Page.Url).Query) is var query ? query.AllKeys.ToDictionary(k => k!, k => query[k]!) : [];
    }

    /// <summary>Redeems what the user brings back.</summary>
    /// <returns>How it was proved (RFC 8176).</returns>
    public async Task<Reply> RedeemAsync(UserPage page, Reply opened)
    {
        var back = await ReturnedAsync(page);
        Assert.Equal("s-1", back["state"]);
        var redeemed = await _service!.Shop.RedeemAsync(opened["id"], back["answer"]);
        Assert.True(redeemed.Status == 200 && redeemed.Text("assertion") is not null, redeemed.ToString());
        return redeemed;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(true));
        await _site.DisposeAsync();
    }
}
