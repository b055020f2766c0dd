using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mfa.Local.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class DevPageBrowserTests(SharedStorage storage) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalHead? _head;
    private ChromiumBrowser? _chromium;

    private IBrowser Browser => _chromium!.Browser;

    public async ValueTask InitializeAsync()
    {
        _head = await Heads.Start(storage, _folder);
        _chromium = await ChromiumBrowser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_head is not null)
        {
            await _head.DisposeAsync();
        }

        _folder.Dispose();
    }

    // Italian landlines keep their 0 abroad, Dutch numbers lose it, and Americans may dial a 1 before theirs.
    [Theory]
    [InlineData("IT", "06 6982 1234", "390669821234")]
    [InlineData("NL", "06 12345678", "31612345678")]
    [InlineData("NL", "+31 (0)20 123 4567", "31201234567")]
    [InlineData("US", "1 (425) 555-0101", "14255550101")]
    public async Task The_phone_of_a_typed_number_is_the_one_that_is_called(string region, string typed, string digits)
    {
        var page = await Browser.NewPageAsync();
        await page.GotoAsync(new Uri(_head!.Url, "dev").ToString());
        await page.GetByText("Signed in as alice").WaitForAsync();
        await page.GetByLabel("Method").SelectOptionAsync("call");
        await page.GetByLabel("Country or region").SelectOptionAsync(region);
        await page.GetByLabel("Number", new() { Exact = true }).FillAsync(typed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Assertions.Expect(page.Locator("#phone")).ToHaveAttributeAsync("src", new Regex($"#{digits}$"));
        await Assertions.Expect(page.FrameLocator("#phone").Locator("#phone-title")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_desk_has_the_authenticator_beside_it_to_set_up_and_to_sign_in_with()
    {
        var page = await Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 1000 } });
        await page.GotoAsync(new Uri(_head!.Url, "dev").ToString());
        await page.GetByText("Signed in as alice").WaitForAsync();
        await page.GetByLabel("Method").SelectOptionAsync("notification");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan it with the authenticator here" }).ClickAsync();
        var app = page.FrameLocator("#authenticator");
        await app.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await app.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Contact me" }).ClickAsync();
        await ApproveAsync();
        await page.GetByText("mobile app: verified").First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for the second step" }).ClickAsync();
        await ApproveAsync();
        await page.GetByText("mobile app: verified, notification verified").Last.WaitForAsync();
        await Assertions.Expect(page.Locator("#log li")).ToContainTextAsync(["mobile app: verified", "mobile app: open", "mobile app: verified"]);

        async Task ApproveAsync()
        {
            await app.GetByRole(AriaRole.Heading, new() { NameRegex = new("Finish setting up|Sign in to") }).WaitForAsync();
            foreach (var digit in await page.Locator("#match strong").InnerTextAsync())
            {
                await app.GetByRole(AriaRole.Button, new() { Name = $"{digit}", Exact = true }).ClickAsync();
            }

            await app.GetByRole(AriaRole.Button, new() { Name = "Authenticate" }).ClickAsync();
            await app.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        }
    }
}
