using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A service with a shop before it, for all tests of a class: each has a user of its own.</summary>
public sealed class ShopHead(Storage storage) : IAsyncLifetime
{
    /// <summary>An origin that users may be sent back to.</summary>
    public const string Portal = "https://portal.example.com";

    internal Service Service { get; private set; } = null!;

    internal Shop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => (Service, Shop) = await Shop.OpenAsync(
        storage, ("Pages:ReturnOrigins", Portal), ("Policy:AppPasswords", "true"), ("Policy:SendAgainAfter", "00:00:00.1"));

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Service.DisposeAsync();
    }

    /// <summary>A user with a phone.</summary>
    internal async Task<(Person User, Handset Phone, (string, string) Proof)> WithPhoneAsync()
    {
        var (user, phone) = (await Service.Laptop.SignInAsync(), Service.Laptop.NewPhone());
        var verified = await user.SetUpAsync(phone);
        await Service.Laptop.RestsAsync(user, verified["id"]);
        return (user, phone, ("Mfa-Assertion", verified["assertion"]));
    }

    /// <summary>Follows the link of a sign-in.</summary>
    internal Task<UserPage> FollowAsync(IBrowser browser, Reply opened, BrowserNewContextOptions? look = null, Func<IBrowserContext, Task>? before = null)
    {
        var link = new Uri(opened["signInUrl"]);
        return UserPage.Open(browser, Service.Url, link.PathAndQuery + link.Fragment, look: look, before: before);
    }
}
