using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A program that signs its users in by OpenID Connect: a page with a link, and one that they come back to; and the service, which knows it.</summary>
public sealed class ProgramSite(Storage storage) : IAsyncLifetime
{
    private WebApplication _site = null!;

    internal Service Service { get; private set; } = null!;

    private OpenIdParty Party { get; set; } = null!;

    private string Url => _site.Urls.Single();

    private string Back => Url + "/back";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _site = builder.Build();
        // What the program asks for besides stands in its own address.
        _site.MapGet("/", (HttpRequest request) => Results.Text($"<!doctype html><title>The program</title><a href='{WebUtility.HtmlEncode(Asking(request))}'>Sign in</a>", "text/html"));
        _site.MapGet("/back", () => Results.Text("<!doctype html><title>The program</title><h1>Back</h1>", "text/html"));
        await _site.StartAsync();
        Service = await Service.Start(
            storage, ("Clients:program:Name", "The program"), ("Clients:program:Tenant", "contoso"), ("Clients:program:Secret", OpenIdParty.Secret), ("Clients:program:RedirectUris:0", Back), ("Policy:SendAgainAfter", "00:00:00.1"));
        Party = new(Service.Url);
    }

    public async ValueTask DisposeAsync()
    {
        Party.Dispose();
        await _site.StopAsync(new CancellationToken(true));
        await _site.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>A browser at the program.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="asks">What the program asks for besides, as a query.</param>
    /// <param name="language">The browser's language.</param>
    internal Task<UserPage> OpenAsync(IBrowser browser, string asks = "", string language = "en") => UserPage.Open(browser, Url, "/" + asks, language);

    /// <summary>The user follows the link, and says at the issuer who it is.</summary>
    internal static async Task SignInAsync(UserPage page, string user)
    {
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to Contoso" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Textbox).FillAsync(user);
        await page.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A user with a phone.</summary>
    internal async Task<(string User, Handset Phone)> WithPhoneAsync()
    {
        using var person = await Service.Laptop.SignInAsync();
        var phone = Service.Laptop.NewPhone();
        await Service.Laptop.RestsAsync(person, (await person.SetUpAsync(phone))["id"]);
        return (person.Id, phone);
    }

    /// <summary>What the browser brings back to the program; no cookie came on the way.</summary>
    internal async Task<Dictionary<string, string>> ReturnedAsync(UserPage page)
    {
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(Back)}\\?"));
        Assert.Empty(await page.Context.CookiesAsync());
        var back = OpenIdParty.Back(page.Page.Url);
        Assert.Equal(("s-1", Service.Url), (back["state"], back["iss"]));
        return back;
    }

    /// <summary>The ID token for what the browser brings back.</summary>
    internal async Task<JsonWebToken> SignedInAsync(UserPage page)
    {
        var back = await ReturnedAsync(page);
        Assert.Equal(["code", "iss", "state"], back.Keys.Order());
        var tokens = await Party.TokenAsync(back["code"], ("redirect_uri", Back));
        Assert.True(tokens.Status == 200, tokens.ToString());
        return new(tokens["id_token"]);
    }

    /// <summary>Goes back in the history, and is at the program: nothing of the sign-in is in it.</summary>
    internal async Task GoBackAsync(UserPage page)
    {
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(Url)}/(\\?|$)"));
    }

    private string Asking(HttpRequest request) =>
        $"{Service.Url}/authorize?{Party.Query([("redirect_uri", Back), .. request.Query.Select(q => (q.Key, (string?)q.Value.ToString()))])}";
}
