using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A service, or what speaks for it, that means ill: whatever it says is shown as text, fits the narrowest screen, and leads nowhere.</summary>
public sealed class HostileAnswers(Chromium chromium, ShopHead head) : IClassFixture<ShopHead>
{
    private const string Turned = "\u202ekcatta\u202c \u2067evil\u2069\u2069 Contoso";

    public static TheoryData<string> Lies => [Watch.Markup, "javascript:__ran=1", "data:text/html,<script>top.__ran=1</script>", Turned, new string('W', 300)];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Set_up_and_settings_say_it_and_do_nothing_of_it(string lie)
    {
        var service = head.Service;
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        using var admin = await Admin.SignInAsync(service.Laptop);
        Assert.Equal(200, (await admin.SendAsync("PATCH", "admin/users/" + user.Id, new() { ["officePhone"] = "+14255550143" })).Status);
        var liar = new Liar(lie);
        liar.Instead["POST /me/recovery-codes"] = (201, new JsonObject { ["codes"] = new JsonArray(lie, lie), ["createdAt"] = "2026-01-01T00:00:00Z" });
        liar.Instead["POST /me/app-passwords"] = (201, new JsonObject { ["name"] = lie, ["password"] = lie });
        liar.Instead["POST /me/enrollments"] = (400, new JsonObject { ["code"] = lie, ["detail"] = lie });
        Watch? watch = null;
        await using var page = await UserPage.Open(chromium.Browser, service.Url, "/settings?login_hint=" + user.Id, look: Looks.Narrow(), before: context =>
        {
            watch = Watch.Over(context, service.Url);
            return liar.Between(context);
        });
        await page.Page.Locator("main .methods.activity li").First.WaitForAsync();
        await Said("settings");
        Assert.Empty(await page.Page.GetByRole(AriaRole.Link, new() { Name = page.Text("settings-sign-out") }).AllAsync());
        await page.Press("password-make");
        await page.Page.Locator(".secret").WaitForAsync();
        await Said("password");
        await page.Press("codes-make");
        await page.Title("title-codes-made");
        await Said("codes");
        foreach (var (route, title) in new[] { ("choose", "title-choose"), ("office", "title-office"), ("phone", "title-phone"), ("app", "title-app") })
        {
            await page.Page.EvaluateAsync($"location.hash = '{route}'");
            await page.Title(title);
            // What stands in boxes is no text of the screen.
            await Said(route, route is "app" or "office");
        }

        await page.Press("set-up");
        await page.Page.Locator(".alert:not(:empty)").WaitForAsync();
        await Said("refusal");
        liar.Instead.Clear();
        foreach (var mode in new[] { "app-code", "app-notification" })
        {
            await page.Page.GotoAsync($"{service.Url}/?login_hint={Person.NewName()}#app");
            await page.Check(mode);
            await page.Press("set-up");
            await page.Title("title-activate");
            await page.Page.GetByText(page.Text("cant-scan")).ClickAsync();
            await Said("activation");
            Assert.Empty(await page.Page.Locator("a.here").AllAsync());
        }

        await page.Page.GotoAsync(service.Url + "/?login_hint=" + user.Id);
        await page.Title("title-protected");
        await Said("set-up");

        async Task Said(string where, bool silent = false)
        {
            await watch!.Harmless(page.Page, where);
            var text = await page.Page.Locator("main").InnerTextAsync();
            Assert.True(silent || Plain(text).Contains(Plain(lie), StringComparison.Ordinal), $"{where}: {text}");
            // None of what turns a line round; what is around a name that runs the other way is the page's own.
            Assert.DoesNotMatch("[\u202a-\u202e\u2066\u2067]", text);
        }
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Sign_in_says_it_and_goes_only_where_an_address_leads(string lie)
    {
        var (user, _, _) = await head.WithPhoneAsync();
        using var __ = user;
        var context = new JsonObject { ["title"] = "Pay", ["details"] = new JsonArray(new JsonObject { ["label"] = "To", ["value"] = "Bicycles" }) };
        var opened = await head.Shop.AskAsync(user.Id, new() { ["context"] = context, ["contact"] = false });
        Watch? watch = null;
        await using var page = await head.FollowAsync(chromium.Browser, opened, Looks.Narrow(), c =>
        {
            watch = Watch.Over(c, head.Service.Url);
            return new Liar(lie).Between(c);
        });
        await page.Title("title-agree");
        await Said();
        await page.Press("cancel");
        await page.Title("title-sign-in-cancelled");
        // An address of the web is followed, and nothing else is.
        await Assertions.Expect(page.Button("sign-in-back", ("to", lie))).ToHaveCountAsync(0);
        Assert.Equal($"{head.Service.Url}/sign-in/{opened["id"]}", page.Page.Url);
        await watch!.Harmless(page.Page, "ended");

        async Task Said()
        {
            await watch!.Harmless(page.Page);
            var text = await page.Page.Locator("main").InnerTextAsync();
            Assert.Contains(Plain(lie), Plain(text), StringComparison.Ordinal);
            Assert.DoesNotMatch("[\u202a-\u202e\u2066\u2067]", text);
        }
    }

    // Without what the page takes out or puts round, and as a line is broken.
    private static string Plain(string text) => string.Concat(text.Where(c => c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))).Select(c => c == '\u00a0' ? ' ' : c));
}
