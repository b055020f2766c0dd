using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Whole sign-ins to Microsoft 365, in each way that proves a user.</summary>
public sealed class ExternalMfaWays(Chromium chromium, EntraLaptop laptop) : IClassFixture<EntraLaptop>
{
    public static TheoryData<string> EachLanguage => [.. Languages.Shipped.All.Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_a_texted_code(string language)
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user, language);
        var page = visit.Page;
        await page.Title("title-sign-in-to", ("application", "Microsoft 365"));
        await page.Field("code-of-text").WaitForAsync();
        await visit.Harmless();
        await page.Type("code-of-text", await phone.CodeAsync(2));
        await page.Press("verify");
        await visit.SignedInAsync("sms");
    }

    [Fact]
    public async Task By_a_reply_to_the_text()
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await visit.Page.Hears("ask-text", ("to", SetUpTests.Masked(phone)));
        await phone.TextAsync(Laptop.Sender, await phone.CodeAsync(2));
        await visit.SignedInAsync("sms");
    }

    [Theory]
    [MemberData(nameof(EachLanguage))]
    public async Task By_a_call_with_the_pound_key(string language)
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user, language);
        await CallAsync(visit.Page, phone);
        await phone.AnswerAsync();
        await visit.Page.Hears("ask-call-answered");
        await phone.PressAsync("#");
        await visit.SignedInAsync("tel");
    }

    [Fact]
    public async Task By_a_call_to_the_office_phone()
    {
        var (user, phone) = (EntraUser.New(), laptop.Laptop.NewPhone());
        using var admin = await Admin.SignInAsync(laptop.Laptop, EntraUser.Contoso);
        Assert.Equal(201, (await admin.SendAsync("PUT", $"admin/users/{user.Oid}", new() { ["officePhone"] = phone.Number })).Status);
        var person = await laptop.SignInAsync(user);
        var enrolled = await person.PostAsync("me/enrollments", new JsonObject { ["method"] = "officePhone" });
        Assert.Equal(202, (await person.ContactAsync(enrolled["id"])).Status);
        await phone.AnswerAsync();
        await phone.SaysAsync("press the pound key");
        await phone.PressAsync("#");
        await person.WaitForStateAsync(enrolled["id"], "verified");
        await phone.EndsAsync();
        await laptop.Laptop.RestsAsync(person, enrolled["id"]);

        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await phone.AnswerAsync();
        await visit.Page.Hears("ask-call-answered");
        await phone.PressAsync("#");
        await visit.SignedInAsync("tel");
    }

    [Fact]
    public async Task By_a_notification_with_the_number_on_the_page()
    {
        var user = EntraUser.New();
        using var device = new DeviceApp(laptop.Laptop.Url);
        await (await laptop.SignInAsync(user)).SetUpDeviceAsync(device);
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        var asked = await device.RequestAsync();
        Assert.Contains("Microsoft 365", asked.ToJsonString(), StringComparison.Ordinal);
        var answered = await device.AnswerAsync(asked, "authenticate", await visit.Page.Number());
        Assert.True(answered.Status == 200, answered.ToString());
        await visit.SignedInAsync("swk");
    }

    [Fact]
    public async Task By_an_authenticators_code()
    {
        var (user, app) = await laptop.WithAppAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        await visit.Page.Type("code-of-code", await app.CodeAsync(steps: 1));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("otp");
    }

    [Fact]
    public async Task By_the_keyboard_alone()
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.OpenAsync(chromium.Browser, laptop, user);
        await visit.Page.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Field("code-of-text")).ToBeVisibleAsync();
        await visit.Page.Field("code-of-text").FocusAsync();
        await visit.Page.Page.Keyboard.TypeAsync(await phone.CodeAsync(2));
        await visit.Page.Page.Keyboard.PressAsync("Enter");
        await visit.SignedInAsync("sms");
    }

    internal static async Task CallAsync(UserPage page, Handset phone)
    {
        await page.Page.GetByText(page.Text("another-way")).ClickAsync();
        await page.Press("way-call", ("to", SetUpTests.Masked(phone)));
    }
}
