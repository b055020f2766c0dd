using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Settings: what becomes of an account's methods, and the second step that a change asks for in place.</summary>
public sealed class SettingsTests(Chromium chromium, Storage storage) : SettingsTest(chromium, storage)
{
    [Theory]
    [MemberData(nameof(SetUpTests.EachLanguage), MemberType = typeof(SetUpTests))]
    public async Task Another_way_is_preferred_once_the_second_step_is_taken_in_place(string language)
    {
        await using var page = await Open(language: language);
        await page.Sees("settings-first", ("how", page.Text("settings-how-text")));
        await Act(page, "settings-prefer", Name(Second));
        await Question(page).GetByRole(AriaRole.Radio, new() { Name = page.Text("settings-how-call") }).CheckAsync();
        await Answer(page, "settings-prefer");
        await page.Title("title-second-step");
        await Prove(page, First, 2);
        await Told(page, "settings-methods", "settings-preferred", ("name", Name(Second)));
        await page.Sees("settings-first", ("how", page.Text("settings-how-call")));
        var me = (await User.GetAsync("me")).Body!;
        Assert.Equal(me["methods"]![1]!["id"]!.ToString(), me["preferred"]!["methodId"]!.ToString());
        Assert.Equal("call", me["preferred"]!["how"]!.ToString());
        // The same second step serves the next such change.
        await Act(page, "settings-prefer", Name(First));
        await Answer(page, "settings-prefer");
        await Told(page, "settings-methods", "settings-preferred", ("name", Name(First)));
        Assert.Equal(2, (await First.CodedAsync()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_step_that_is_called_off_leaves_all_as_it_was(bool byTheWayBack)
    {
        await using var page = await Open();
        await Act(page, "settings-prefer", Name(Second));
        await Question(page).GetByRole(AriaRole.Radio, new() { Name = page.Text("settings-how-call") }).CheckAsync();
        await Answer(page, "settings-prefer");
        await page.Title("title-second-step");
        var challenge = page.Asked.Last(a => a.Contains("/me/challenges/", StringComparison.Ordinal));
        await (byTheWayBack ? page.Page.GoBackAsync() : page.Press("cancel"));
        // What was chosen still is, and what was pressed has the focus.
        await Assertions.Expect(Question(page).GetByRole(AriaRole.Radio, new() { Name = page.Text("settings-how-call") })).ToBeCheckedAsync();
        await Assertions.Expect(Question(page).GetByRole(AriaRole.Button, new() { Name = page.Text("settings-prefer") })).ToBeFocusedAsync();
        Assert.Equal("text", (await User.GetAsync("me"))["preferred.how"]);
        Assert.EndsWith("/settings?login_hint=" + User.Id, page.Page.Url, StringComparison.Ordinal);
        // And it can be taken after all.
        await Answer(page, "settings-prefer");
        await Prove(page, First, 3);
        await Told(page, "settings-methods", "settings-preferred", ("name", Name(Second)));
        Assert.Contains(challenge.Replace("GET ", "DELETE ", StringComparison.Ordinal), page.Asked);
    }

    [Fact]
    public async Task A_second_step_that_is_denied_changes_nothing_and_says_so()
    {
        await using var page = await Open();
        await Act(page, "settings-remove", Name(Second));
        await Answer(page, "settings-remove");
        await page.Title("title-second-step");
        for (var tries = 0; tries < 5; tries++)
        {
            await page.Type("code-of-text", "000000");
            await page.Press("verify");
            await (tries < 4 ? page.Wrong("fault-wrong-code", ("triesLeft", $"{4 - tries}")) : Question(page).WaitForAsync());
        }

        await page.Wrong("end-too-many-codes");
        Assert.Equal(2, (await Methods()).Count);
    }

    [Fact]
    public async Task A_new_number_takes_the_place_of_the_old_one_and_is_preferred_as_that_was()
    {
        var number = Service.Laptop.NewPhone();
        await using var page = await Open();
        await Act(page, "settings-replace", Name(First));
        await page.Title("settings-replace-phone");
        await page.Sees("settings-replace-why", ("name", Name(First)));
        await SetUpTests.TypePhone(page, number);
        await page.Press("contact-me");
        await Prove(page, First, 2);
        await page.Title("title-contact-phone");
        var code = await number.CodeAsync();
        // What it takes the place of is known after a reload, too.
        await page.Page.ReloadAsync();
        await page.Type("code-of-text", code);
        await page.Press("verify");
        // The new number has proved its user: the old one goes without another question.
        await Told(page, "settings-methods", "settings-replaced", ("name", Name(number)));
        Assert.Equal([Name(Second), Name(number)], (await Methods()).Select(m => m!["phone"]!.ToString()));
        Assert.Equal((await Methods())[1]!["id"]!.ToString(), (await User.GetAsync("me"))["preferred.methodId"]);
        await Assertions.Expect(page.Page.GetByText(Name(First)).Locator("visible=true").And(page.Page.Locator("strong"))).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_method_is_added_by_the_screens_of_set_up_and_the_settings_are_there_again()
    {
        await using var page = await Open();
        await page.Press("add-another");
        await page.Title("title-choose");
        await page.Press("back");
        await page.Title("title-settings");
        await page.Press("add-another");
        await page.Choose("choose-app");
        await page.Check("app-code");
        await page.Press("set-up");
        await Prove(page, First, 2);
        await page.Page.GetByText(page.Text("cant-scan")).ClickAsync();
        var secret = await page.Page.Locator(".activation dd code").Last.InnerTextAsync();
        await page.Type("code-of-code", (await Oathtool.NowAsync(Base32(secret)))[0]);
        await page.Press("verify");
        await Told(page, "settings-methods", "settings-added-now", ("name", page.Text("method-mobileApp")));
        Assert.Equal(3, (await Methods()).Count);
    }

    [Fact]
    public async Task A_method_is_removed_and_the_next_one_is_preferred()
    {
        await using var page = await Open();
        await Act(page, "settings-remove", Name(First));
        await page.Sees("settings-remove-first", ("name", Name(Second)));
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Button("settings-of", ("act", page.Text("settings-remove")), ("what", Name(First)))).ToBeFocusedAsync();
        await Act(page, "settings-remove", Name(First));
        await Answer(page, "settings-remove");
        await Prove(page, First, 2);
        await Told(page, "settings-methods", "settings-removed", ("name", Name(First)));
        Assert.Equal([Name(Second)], (await Methods()).Select(m => m!["phone"]!.ToString()));
        // The last one of an account that needs none goes, too, and all that stood in for it.
        await Act(page, "settings-remove", Name(Second));
        await page.Sees("settings-remove-last", ("name", Name(Second)));
        await Answer(page, "settings-remove");
        await Prove(page, Second, 2);
        await page.Sees("not-required");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = page.Text("title-codes") })).ToBeHiddenAsync();
        await page.Press("set-it-up");
        await page.Title("title-welcome");
    }

    [Fact]
    public async Task The_last_method_of_who_needs_one_stays_and_why_is_said_before_anybody_is_asked()
    {
        var alice = await SignIn("alice");
        var phone = Service.Laptop.NewPhone();
        await alice.SetUpAsync(phone);
        await using var page = await Open("alice");
        await Act(page, "settings-remove", Name(phone));
        await page.Sees("settings-last");
        Assert.Equal(0, page.Count("^(DELETE|POST)"));
        await Answer(page, "add-another");
        await page.Title("title-choose");
    }

    [Fact]
    public async Task A_method_that_became_the_last_one_meanwhile_is_refused_in_words()
    {
        var alice = await SignIn("alice");
        var (phone, other) = (Service.Laptop.NewPhone(), Service.Laptop.NewPhone());
        var first = (await alice.SetUpAsync(phone))["assertion"];
        var second = (await alice.SetUpAsync(other, ("Mfa-Assertion", first)))["methodId"];
        await using var page = await Open("alice");
        Assert.Equal(204, (await alice.SendAsync(HttpMethod.Delete, "me/methods/" + second, null, ("Mfa-Assertion", first))).Status);
        await Act(page, "settings-remove", Name(phone));
        await Answer(page, "settings-remove");
        await Prove(page, phone, 2);
        await page.Wrong("fault-last-method");
    }

    private static byte[] Base32(string secret)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(secret.Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString(Letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
