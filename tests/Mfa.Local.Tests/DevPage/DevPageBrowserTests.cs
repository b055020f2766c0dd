using Microsoft.Playwright;

namespace Mfa.Local.Tests;

/// <summary>The desk in a real browser.</summary>
public sealed class DevPageBrowserTests(SharedStorage storage) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalHead? _head;
    private ChromiumBrowser? _chromium;

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

    [Theory]
    [InlineData(1600)]
    [InlineData(1100)]
    [InlineData(390)]
    public async Task Whoever_comes_here_first_is_called_and_answers_on_the_same_screen(int width)
    {
        var desk = await OpenAsync(width);
        await Assertions.Expect(desk.Page.Locator("#hint")).ToContainTextAsync("alice's phone is +1 425 555 0101");
        await desk.ChoosePhoneAsync("US", "425 555 0101", "Call me");
        await desk.Phone.GetByRole(AriaRole.Button, new() { Name = "Answer" }).WaitForAsync();
        await desk.PictureAsync($"ringing-{width}");
        await desk.AnswerAsync();
        await desk.User.GetByRole(AriaRole.Heading, new() { Name = "Recovery codes" }).WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#log")).ToContainTextAsync("+1 ••••••••01");
        await Assertions.Expect(desk.Page.Locator("#hint")).ToContainTextAsync("Your phone is +1 425 555 0101");
        await desk.AssertCalmAsync();
    }

    // Italian landlines keep their 0 abroad, Dutch numbers lose it, and Americans may dial a 1 before theirs.
    [Theory]
    [InlineData("IT", "06 6982 1234", "+390669821234")]
    [InlineData("NL", "+31 (0)20 123 4567", "+31201234567")]
    [InlineData("US", "1 (425) 555-0188", "+1 425 555 0188")]
    public async Task The_phone_of_a_typed_number_is_the_one_that_is_shown(string region, string typed, string shown)
    {
        var desk = await OpenAsync();
        await desk.ChoosePhoneAsync(region, typed, "Call me");
        await desk.Phone.GetByText("Ringing. Call from").WaitForAsync();
        await Assertions.Expect(desk.Phone.Locator("#phone-title")).ToHaveTextAsync(shown);
        await Assertions.Expect(desk.Page.Locator("#numbers [aria-pressed=true]")).ToHaveTextAsync(shown);
    }

    [Fact]
    public async Task The_office_phone_rings_beside_it_and_ones_own_can_be_looked_at_too()
    {
        var desk = await OpenAsync();
        await desk.User.GetByRole(AriaRole.Button, new() { Name = "Set it up now" }).ClickAsync();
        await desk.User.GetByRole(AriaRole.Button, new() { Name = "Office phone" }).ClickAsync();
        await desk.User.GetByRole(AriaRole.Button, new() { Name = "Contact me" }).ClickAsync();
        await desk.Phone.GetByText("Ringing. Call from").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#numbers [aria-pressed=true]")).ToHaveTextAsync("Office +1 425 555 0143");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "+1 425 555 0101" }).ClickAsync();
        await Assertions.Expect(desk.Phone.Locator("#phone-title")).ToHaveTextAsync("+1 425 555 0101");
        await desk.Phone.GetByText("No texts yet.").WaitForAsync();
    }

    [Fact]
    public async Task The_authenticator_beside_it_scans_what_the_page_shows_and_approves()
    {
        var desk = await OpenAsync();
        await desk.ChooseAppAsync("notification");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Scan the code on the page" }).ClickAsync();
        await desk.App.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await desk.App.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        await desk.User.GetByRole(AriaRole.Button, new() { Name = "Contact me" }).ClickAsync();
        await desk.App.GetByRole(AriaRole.Heading, new() { Name = "Finish setting up" }).WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#hint")).ToHaveTextAsync("alice's authenticator is asked to approve.");
    }

    [Fact]
    public async Task The_authenticator_beside_it_takes_codes_from_the_page_too()
    {
        var desk = await OpenAsync();
        await desk.ChooseAppAsync("code");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Scan the code on the page" }).ClickAsync();
        await desk.App.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await desk.App.GetByText("Contoso").First.WaitForAsync();
    }

    [Fact]
    public async Task Another_user_is_another_page_phone_and_story_and_speaks_their_language()
    {
        var desk = await OpenAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "bob" }).ClickAsync();
        await Assertions.Expect(desk.User.Locator("main")).ToContainTextAsync("bob@contoso.example");
        await Assertions.Expect(desk.Phone.Locator("#phone-title")).ToHaveTextAsync("+1 425 555 0102");
        await desk.Page.GetByLabel("Language of the user").SelectOptionAsync("nl");
        await Assertions.Expect(desk.User.Locator("html")).ToHaveAttributeAsync("lang", "nl");
        await desk.Page.GetByPlaceholder("any other name").FillAsync("erin.b");
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.User.Locator("main")).ToContainTextAsync("erin.b@contoso.example");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#address")).ToHaveTextAsync($"{_head!.Url.Authority}/settings?login_hint=erin.b");
        await desk.Page.ReloadAsync();
        await Assertions.Expect(desk.User.Locator("main")).ToContainTextAsync("erin.b@contoso.example");
    }

    [Fact]
    public async Task Signing_in_at_the_shop_goes_by_the_page_of_the_service_and_comes_back_signed_in_once()
    {
        var desk = await OpenAsync();
        await desk.SignInAtShopAsync();
        await desk.User.GetByText("alice has no second step yet: choose Set-up above.").WaitForAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Set-up" }).ClickAsync();
        await desk.ChoosePhoneAsync("US", "425 555 0101", "Call me");
        await desk.AnswerAsync();
        await desk.User.GetByRole(AriaRole.Heading, new() { Name = "Recovery codes" }).WaitForAsync();

        await desk.SignInAtShopAsync();
        await desk.AnswerAsync();
        await desk.User.GetByRole(AriaRole.Heading, new() { Name = "Signed in as alice" }).WaitForAsync();
        await desk.User.GetByText("Signed in by a call.").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#address")).ToHaveTextAsync($"{_head!.Url.Authority}/dev/back");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Load the page again" }).ClickAsync();
        await desk.User.GetByRole(AriaRole.Heading, new() { Name = "Not signed in" }).WaitForAsync();

        await desk.SignInAtShopAsync();
        await desk.Phone.GetByRole(AriaRole.Button, new() { Name = "Answer" }).WaitForAsync();
        await desk.User.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await desk.User.GetByText("It was called off.").WaitForAsync();
    }

    private Task<Desk> OpenAsync(int width = 1600) => Desk.OpenAsync(_chromium!.Browser, _head!.Url, width);
}
