using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>By keyboard alone, in large text, in Dutch.</summary>
public sealed class KeyboardTests(Chromium chromium, AppFiles files, Storage storage)
{
    [Fact]
    public async Task An_account_is_added_and_a_request_answered_without_a_pointer()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service, Looks.Desktop());
        var keys = app.Page.Keyboard;
        await To("Add account");
        await keys.PressAsync("Enter");
        await To("Or paste a link");
        var setUp = await service.Enroll();
        await keys.InsertTextAsync(setUp.Link);
        await keys.PressAsync("Enter");
        await app.Title("Add this account?");
        await Assertions.Expect(app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" })).ToBeEnabledAsync();
        await To("Add account");
        await keys.PressAsync("Space");
        await app.Title("Account added");
        await To("Done");
        await keys.PressAsync("Enter");

        var number = await setUp.ContactAsync();
        await app.Title("Finish setting up for Contoso?");
        await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
        await keys.TypeAsync(number!);
        await keys.PressAsync("Enter");
        await app.Title("Approved");
        await To("Done");
        await keys.PressAsync("Enter");
        await To("Options of Contoso, carol@contoso.example");
        await keys.PressAsync("Enter");
        await To("Save");
        await keys.PressAsync("Enter");
        await Assertions.Expect(app.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(app.Button("Options of Contoso, carol@contoso.example")).ToBeFocusedAsync();

        async Task To(string name)
        {
            for (var i = 0; i < 40; i++)
            {
                var at = await app.Page.EvaluateAsync<string>("() => { const e = document.activeElement; return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; }");
                if (at == name)
                {
                    return;
                }

                await keys.PressAsync("Tab");
            }

            Assert.Fail($"Tab never comes to: {name}");
        }
    }

    [Fact]
    public async Task Accounts_are_moved_by_arrow_keys_and_the_new_place_is_said()
    {
        await using var app = await App.Open(chromium.Browser, files);
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            await app.AddSeed($"otpauth://totp/a?issuer={name}&secret=JBSWY3DPEHPK3PXP");
        }

        await app.Button("Settings").ClickAsync();
        await app.Button("Arrange accounts").ClickAsync();
        await app.Button("Move One, a").FocusAsync();
        await app.Page.Keyboard.PressAsync("ArrowDown");
        await app.Page.Keyboard.PressAsync("ArrowDown");
        await app.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Status)).ToHaveTextAsync("Place 3 of 3");
        await app.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(app.Page.Locator(".accounts .issuer")).ToHaveTextAsync(["Two", "Three", "One"]);
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("desktop")]
    public async Task Text_of_twice_the_size_fits(string size)
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service, size == "phone" ? Looks.Phone() : Looks.Desktop());
        await using var look = new Look(app, $"{size}-large");
        var setUp = await app.SetUp();
        await app.AddSeed("otpauth://totp/a.rather.long.name@of-somebody.example?issuer=A%20bank%20with%20a%20long%20name&secret=JBSWY3DPEHPK3PXP&digits=8");
        await app.Page.EvaluateAsync("() => { document.documentElement.style.fontSize = '200%'; }");
        await look.At("01-list");
        await app.Button("Add account").ClickAsync();
        await look.At("02-add");
        await app.Button("Close").ClickAsync();
        var challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        await Assertions.Expect(app.Button("Deny")).ToBeEnabledAsync();
        await look.At("03-request");
        await app.Press(challenge["number"]);
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        await look.At("04-approved");
    }

    [Fact]
    public async Task It_speaks_Dutch_to_a_Dutch_browser_and_English_once_that_is_chosen()
    {
        await using var service = await Service.Start(storage);
        var dutch = Looks.Phone();
        dutch.Locale = "nl-NL";
        await using var app = await App.Open(chromium.Browser, service, dutch);
        await using var look = new Look(app, "phone-dutch");
        await app.Sees("Nog geen accounts");
        Assert.Equal("nl", await app.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
        await look.At("01-empty");
        await app.Button("Account toevoegen").ClickAsync();
        await look.At("02-add");
        var setUp = await service.Enroll();
        await app.Page.GetByLabel("Of plak een link").FillAsync(setUp.Link);
        await app.Button("Verder").ClickAsync();
        await app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Account toevoegen" }).ClickAsync();
        await app.Button("Klaar").ClickAsync();
        await setUp.ContactAsync();
        await app.Title("Instellen voor Contoso afronden?");
        await Assertions.Expect(app.Button("Weigeren")).ToBeEnabledAsync();
        await look.At("03-request");
        await app.Button("Weigeren").ClickAsync();
        await app.Button("Klaar").ClickAsync();
        await app.Button("Instellingen").ClickAsync();
        await look.At("04-settings");
        // To check it is to begin anew: there is nothing left that could tell whether it is checked.
        await app.Page.GetByLabel("English").ClickAsync();
        await app.Button("Settings").WaitForAsync();
        await app.Page.ReloadAsync();
        await app.Button("Settings").WaitForAsync();
    }
}
