using Xunit;
using static Mfa.Core.BrowserUse;

namespace Mfa.Core.Tests;

/// <summary>A browser in which a user asked not to be asked again.</summary>
public class BrowserTests
{
    private static readonly DateTimeOffset s_now = Play.Noon;
    private static readonly AccountPolicy s_policy = Challenging.Policy;

    private static Account Remembering() => Challenging.Alice().Remembering("b", "t1", "shop", "Shop", s_policy, s_now);

    private static (Account Account, BrowserUse Use) Show(Account account, string hash, string next, TimeSpan after = default, string client = "shop") =>
        account.Showing(client, "b", hash, next, Leads(hash), s_policy, s_now + after);

    // Tokens are t1, t2 … in the order in which they are given out.
    private static Func<string, bool> Leads(string hash) => now => hash[0] == 't' && string.CompareOrdinal(hash, now) < 0;

    [Fact]
    public void Each_token_counts_once_and_gives_the_next()
    {
        var (once, use) = Show(Remembering(), "t1", "t2", TimeSpan.FromDays(1));
        Assert.Equal((Accepted, "t2"), (use, once.Browsers[0].Hash));
        (once, use) = Show(once, "t2", "t3", TimeSpan.FromDays(2));
        Assert.Equal((Accepted, "t3", s_now.AddDays(30)), (use, once.Browsers[0].Hash, once.Browsers[0].ExpiresAt));
    }

    [Fact]
    public void A_token_that_was_used_before_means_two_copies_and_the_browser_is_forgotten()
    {
        var once = Show(Remembering(), "t1", "t2").Account;
        var (twice, use) = Show(once, "t1", "t2", TimeSpan.FromSeconds(10) + TimeSpan.FromTicks(1));
        Assert.Equal((Reused, 0), (use, twice.Browsers.Length));
        Assert.Equal(Unknown, Show(twice, "t2", "t3").Use);

        var older = Show(once, "t2", "t3").Account;
        Assert.Equal(Reused, Show(older, "t1", "t2").Use);
        // Whoever has read the list of browsers knows the id of one, and no token.
        Assert.Equal((once, Unknown), Show(once, "made up", "x"));
    }

    [Fact]
    public void Two_tabs_that_open_within_ten_seconds_are_one()
    {
        var once = Show(Remembering(), "t1", "t2").Account;
        var (same, use) = Show(once, "t1", "t2", TimeSpan.FromSeconds(10));
        Assert.Equal(Accepted, use);
        Assert.Same(once, same);
        Assert.Equal(Accepted, Show(same, "t2", "t3", TimeSpan.FromSeconds(10)).Use);
    }

    [Fact]
    public void It_counts_for_nobody_else_in_no_other_epoch_and_not_after_its_time()
    {
        var account = Remembering();
        Assert.Equal((account, Unknown), Show(account, "t1", "t2", client: "bank"));
        Assert.Equal((account, Unknown), account.Showing("shop", "another", "t1", "t2", _ => false, s_policy, s_now));
        Assert.Equal(Unknown, Show(account with { Epoch = 1 }, "t1", "t2").Use);
        Assert.Equal(Unknown, Show(account.Block(s_now).Unblock(), "t1", "t2").Use);
        Assert.Equal(Unknown, Show(account.Reset(), "t1", "t2").Use);
        Assert.Equal(Accepted, Show(account, "t1", "t2", TimeSpan.FromDays(30) - TimeSpan.FromTicks(1)).Use);
        Assert.Equal(Unknown, Show(account, "t1", "t2", TimeSpan.FromDays(30)).Use);
    }

    [Fact]
    public void Where_browsers_may_be_remembered_no_more_those_that_are_count_for_nothing()
    {
        var account = Remembering();
        Assert.Equal((account, Unknown), account.Showing("shop", "b", "t1", "t2", _ => false, s_policy with { RememberBrowsers = false }, s_now));
    }

    [Fact]
    public void Of_more_than_ten_the_one_not_used_for_longest_goes()
    {
        var account = Challenging.Alice();
        for (var i = 0; i < 10; i++)
        {
            account = account.Remembering($"b{i}", "t", "shop", null, s_policy, s_now.AddMinutes(i));
        }

        account = account.Showing("shop", "b0", "t", "t2", _ => false, s_policy, s_now.AddHours(1)).Account;
        account = account.Remembering("b10", "t", "shop", null, s_policy, s_now.AddHours(2));
        Assert.Equal(["b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "b0", "b10"], account.Browsers.Select(b => b.Id));

        // What counts no more goes before any other, and a browser that is remembered again is there once.
        Assert.Equal(10, account.Remembering("b5", "t", "shop", null, s_policy, s_now.AddHours(2)).Browsers.Length);
        Assert.Equal(["new"], account.Remembering("new", "t", "shop", null, s_policy, s_now.AddDays(31)).Browsers.Select(b => b.Id));
        Assert.Equal(["new"], (account with { Epoch = 1 }).Remembering("new", "t", "shop", null, s_policy, s_now).Browsers.Select(b => b.Id));
    }

    [Theory]
    [InlineData(true, false), InlineData(false, true)]
    public void It_is_remembered_when_that_was_asked_for_from_the_beginning_or_with_the_right_code(bool begun, bool given)
    {
        var c = new Challenging(Challenging.Request() with { Remember = begun });
        c.Give(c.AppCode(), remember: given);
        var browser = Assert.Single(c.Account.Browsers);
        Assert.Equal(("browser", "token", "shop", "Shop", c.Now.AddDays(30)), (browser.Id, browser.Hash, browser.Client, browser.Application, browser.ExpiresAt));
        Assert.True(c.Current.Remember);
    }

    [Fact]
    public void A_call_remembers_what_was_asked_for_from_the_beginning()
    {
        var c = new Challenging(Challenging.Request() with { Remember = true }).Contact("phone", How.Call);
        c.Connects();
        c.Press("#");
        Assert.Single(c.Account.Browsers);
    }

    [Fact]
    public void What_proves_a_sign_in_that_its_user_reported_remembers_nothing()
    {
        var c = new Challenging(Challenging.Request() with { Remember = true });
        (c.Current, c.Account) = c.Current.ReportedByUser(c.Account, Challenging.Policy, c.Now);
        c.Give(c.AppCode());
        Assert.Empty(c.Account.Browsers);
    }

    [Fact]
    public void Without_the_wish_a_browser_or_a_relying_party_none_is_remembered()
    {
        AssertNone(Challenging.Request(), remember: false);
        AssertNone(Challenging.Request() with { Browser = null, Remember = true }, remember: true);
        AssertNone(Challenging.Request() with { Client = null }, remember: true);
    }

    [Fact]
    public void The_wish_that_came_with_a_wrong_code_is_forgotten_with_it()
    {
        var c = Challenging.Texted();
        c.Give(Play.WrongCode, remember: true);
        Assert.False(c.Current.Remember);
        c.Give(c.Code());
        Assert.Empty(c.Account.Browsers);
    }

    [Fact]
    public void It_is_remembered_when_a_text_a_recovery_code_or_the_bypass_proves_it()
    {
        var text = Challenging.Texted();
        text.Give(text.Code(), remember: true);
        Assert.Single(text.Account.Browsers);
        var recovery = new Challenging();
        recovery.GiveRecovery("r1", remember: true);
        Assert.Single(recovery.Account.Browsers);
    }

    private static void AssertNone(ChallengeRequest request, bool remember)
    {
        var c = new Challenging(request);
        Assert.Equal(Answer.Taken, c.Give(c.AppCode(), remember));
        Assert.Empty(c.Account.Browsers);
    }
}
