using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Keeping accounts: other services' exports, names, order, removal.</summary>
public sealed class ListTests(Chromium chromium, AppFiles files, Storage storage)
{
    [Fact]
    public async Task Google_Authenticators_export_is_read_from_its_QR_code_and_what_cannot_be_taken_is_named()
    {
        await using var app = await App.Open(chromium.Browser, files);
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)(250 - i))];
        var link = Export.Link([new("Big Corp:alice", "Big Corp", secret, 3, 2), new("bob", "", secret), new("token", "VPN", secret, Type: 1), new("odd", "MD5", secret, 4)]);
        await app.Button("Add account").ClickAsync();
        await app.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "export.png", MimeType = "image/png", Buffer = Qr.Png(link) });
        await app.Title("Add 2 accounts?");
        await app.Sees("token: Codes by counter (HOTP) are not supported");
        await app.Sees("odd: Its codes are made in a way");
        await app.Button("Add").ClickAsync();
        await Assertions.Expect(app.Page.Locator(".account")).ToHaveCountAsync(2);
        Assert.Equal(["Big Corp", "bob"], await app.Page.Locator(".account .issuer").AllInnerTextsAsync());
        Assert.Contains(await app.Code(0), await Oathtool.NowAsync(secret, "SHA512", 8));
        Assert.Contains(await app.Code(1), await Oathtool.NowAsync(secret));
    }

    [Fact]
    public async Task An_export_of_several_codes_says_which_one_it_is_and_goes_on()
    {
        await using var app = await App.Open(chromium.Browser, files);
        await app.Paste(Export.Link([new("a", "First", [1, 2, 3])], 0, 2));
        await app.Sees("Code 1 of 2");
        await app.Button("Add").ClickAsync();
        await app.Page.GetByLabel("Or paste a link").FillAsync(Export.Link([new("b", "Second", [4, 5, 6])], 1, 2));
        await app.Button("Continue").ClickAsync();
        await app.Sees("Code 2 of 2");
        await app.Button("Add").ClickAsync();
        await Assertions.Expect(app.Page.Locator(".account")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("otpauth-migration://offline?data=AAAA", "This export can't be read")]
    [InlineData("otpauth-migration://offline?data=%%%", "This export can't be read")]
    [InlineData("otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP", "Codes by counter (HOTP) are not supported")]
    [InlineData("javascript:alert(1)", "This is not a code for an authenticator")]
    [InlineData("https://x.example/authenticator#code=A&url=http://x.example/api/v1/activations/1", "This URL is not one of a set-up page")]
    public async Task What_is_no_account_is_refused_by_name(string text, string says)
    {
        await using var app = await App.Open(chromium.Browser, files);
        await app.Paste(text);
        await app.Sees(says);
    }

    [Fact]
    public async Task An_account_is_renamed_here_and_the_device_at_its_service()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        await app.Button("Options of Contoso, carol@contoso.example").ClickAsync();
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "Service" }).FillAsync("Work");
        await app.Page.GetByLabel("This device's name").FillAsync("Old phone");
        await app.Button("Save").ClickAsync();
        await app.Button("Options of Work, carol@contoso.example").WaitForAsync();
        Assert.Equal("Old phone", await DeviceAsync(setUp));
    }

    [Fact]
    public async Task Removing_says_what_it_means_tells_the_service_and_is_for_good()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        await app.Button("Options of Contoso, carol@contoso.example").ClickAsync();
        await app.Button("Remove account").ClickAsync();
        await app.Sees("approve no more sign-ins at Contoso");
        Assert.NotNull(await DeviceAsync(setUp));
        await app.Button("Remove account").ClickAsync();
        await app.Sees("No accounts yet");
        Assert.Null(await DeviceAsync(setUp));
        await app.Page.ReloadAsync();
        await app.Sees("No accounts yet");
    }

    [Fact]
    public async Task Whoever_has_to_have_a_method_keeps_the_last_one()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp("alice");
        await app.Button("Options of Contoso, alice@contoso.example").ClickAsync();
        await app.Button("Remove account").ClickAsync();
        await app.Button("Remove account").ClickAsync();
        await app.Sees("this is your only one");
        Assert.NotNull(await DeviceAsync(setUp));
        await app.Button("Keep it").ClickAsync();
        await app.Button("Close").ClickAsync();
        await app.Button("Options of Contoso, alice@contoso.example").WaitForAsync();
    }

    [Fact]
    public async Task Eight_accounts_can_be_searched_and_fewer_need_not()
    {
        await using var app = await App.Open(chromium.Browser, files);
        for (var i = 1; i <= 8; i++)
        {
            Assert.False(await app.Page.GetByLabel("Search accounts").IsVisibleAsync());
            await app.AddSeed($"otpauth://totp/user{i}?issuer=Service%20{i}&secret=JBSWY3DPEHPK3PXP");
        }

        await app.Page.GetByLabel("Search accounts").FillAsync("SERVICE 3");
        await Assertions.Expect(app.Page.Locator(".account:visible")).ToHaveCountAsync(1);
        await app.Page.GetByLabel("Search accounts").FillAsync("nobody");
        await app.Sees("No account with “nobody”");
    }

    [Fact]
    public async Task Accounts_are_dragged_into_another_order_and_stay_so()
    {
        await using var app = await App.Open(chromium.Browser, files);
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            await app.AddSeed($"otpauth://totp/a?issuer={name}&secret=JBSWY3DPEHPK3PXP");
        }

        await app.Button("Settings").ClickAsync();
        await app.Button("Arrange accounts").ClickAsync();
        var handle = (await app.Button("Move One, a").BoundingBoxAsync())!;
        var last = (await app.Button("Move Three, a").BoundingBoxAsync())!;
        await app.Page.Mouse.MoveAsync(handle.X + 20, handle.Y + 20);
        await app.Page.Mouse.DownAsync();
        await app.Page.Mouse.MoveAsync(handle.X + 20, last.Y + 40, new() { Steps = 8 });
        await app.Page.Mouse.UpAsync();
        await app.Button("Done").ClickAsync();
        await Order("Two", "Three", "One");
        await app.Page.ReloadAsync();
        await Order("Two", "Three", "One");

        Task Order(params string[] names) => Assertions.Expect(app.Page.Locator(".accounts .issuer")).ToHaveTextAsync(names);
    }

    [Fact]
    public async Task A_second_window_shows_what_the_first_one_added()
    {
        await using var app = await App.Open(chromium.Browser, files);
        var second = await app.Context.NewPageAsync();
        await second.GotoAsync(app.Url + "/authenticator");
        await second.GetByText("No accounts yet").WaitForAsync();
        await app.AddSeed("otpauth://totp/a?issuer=Bank&secret=JBSWY3DPEHPK3PXP");
        await second.GetByText("Bank", new() { Exact = true }).WaitForAsync();
    }

    // What the service calls the user's one device; null where it has none.
    private static async Task<string?> DeviceAsync(SetUp setUp) =>
        (await setUp.User.GetAsync("me/devices")).Body!["items"]!.AsArray().SingleOrDefault()?["name"]!.ToString();
}
