using Xunit;
using static Mfa.Core.ChallengeState;

namespace Mfa.Core.Tests;

/// <summary>Wrong codes are counted on the account, over all challenges: they are one user guessing.</summary>
public class ChallengeLimitTests
{
    [Fact]
    public void A_wrong_code_counts_for_each_kind_that_it_was_compared_with()
    {
        var c = Challenging.Texted();
        Assert.Equal((Answer.WrongCode, (1, 1)), (c.Give(Play.WrongCode), c.Counted));
        c.Contact("phone", How.Call);
        Assert.Equal((Answer.WrongCode, (1, 2)), (c.Give(Play.WrongCode), c.Counted));
        c.Account = c.Account.Remove("app", new("s", c.Now, c.Now), Challenging.Policy, c.Now).Account;
        c.Contact("phone", How.Text);
        Assert.Equal((Answer.WrongCode, (2, 0)), (c.Give(Play.WrongCode), c.Counted));
        Assert.Equal(3, c.Current.WrongCodes);
    }

    [Fact]
    public void However_many_challenges_are_open_the_tenth_wrong_code_makes_all_wait()
    {
        var c = Challenging.Texted();
        for (var i = 1; i <= 10; i++)
        {
            c.Begin(Challenging.Request($"c{i}"));
            Assert.Equal(Answer.WrongCode, c.Contact("phone", How.Text).Give(Play.WrongCode));
        }

        Assert.Equal((10, 10), c.Counted);
        c.Begin(Challenging.Request("c11"));
        AssertRefused(c.Contact("phone", How.Text), c.Code(), AccountFault.TooManyFailures);
        AssertRefused(c, c.AppCode(), AccountFault.TooManyFailures);
        Assert.Equal(AccountFault.TooManyFailures, c.MayContact("phone", How.Text)?.Fault);
        Assert.Null(c.MayContact("office", How.Call));
        Assert.Equal(Answer.Taken, c.Wait(30).Give(c.Code()));
        Assert.Equal((0, 10), c.Is(Verified, ProofKind.Method, How.Text).Counted);
    }

    [Theory]
    [InlineData(AccountFault.TooManyFailures), InlineData(AccountFault.MethodLocked), InlineData(AccountFault.MethodPaused)]
    public void A_kind_that_waits_or_is_off_judges_nothing_and_the_other_goes_on(AccountFault fault)
    {
        var text = Off(MethodKind.AuthenticationPhone, fault);
        Assert.Equal((Answer.WrongCode, null), (text.Give(text.Code()), text.Last.Refusal));
        var phone = text.Counted.Phone;
        Assert.Equal((Answer.WrongCode, (phone, 2)), (text.Give(Play.WrongCode), text.Counted));
        Assert.Equal(Answer.Taken, text.Give(text.AppCode()));

        var app = Off(MethodKind.MobileApp, fault);
        var count = app.Counted.App;
        Assert.Equal((Answer.WrongCode, (1, count)), (app.Give(app.AppCode()), app.Counted));
        Assert.Equal(Answer.Taken, app.Give(app.Code()));

        var both = Off(MethodKind.MobileApp, fault);
        both.Account = Off(MethodKind.AuthenticationPhone, fault, both.Account);
        AssertRefused(both, both.Code(), fault);
        AssertRefused(both, both.AppCode(), fault);
    }

    [Fact]
    public void Recovery_codes_and_a_bypass_wait_and_lock_by_themselves()
    {
        var c = new Challenging();
        c.Account = c.Account with
        {
            RecoveryCodes = c.Account.RecoveryCodes! with { Wrong = new(10, c.Now) },
            Bypass = c.Account.Bypass! with { Wrong = new(100, c.Now) },
        };
        var before = (c.Current, c.Account);
        Assert.Equal((Answer.Ignored, new(AccountFault.TooManyFailures, c.Now.AddSeconds(30))), (c.GiveRecovery("r1"), c.Last.Refusal));
        Assert.Equal((Answer.Ignored, new(AccountFault.MethodLocked)), (c.GiveBypass("b"), c.Last.Refusal));
        Assert.Equal(before, (c.Current, c.Account));
        Assert.Equal(Answer.Taken, c.Wait(30).GiveRecovery("r1"));
    }

    [Fact]
    public void A_day_has_two_hundred_challenges_of_an_account()
    {
        var c = new Challenging();
        for (var i = 2; i <= 200; i++)
        {
            Assert.Null(c.Begin(Challenging.Request($"c{i}")));
        }

        Assert.Equal(AccountFault.ChallengesLimit, c.Begin(Challenging.Request("c201"))?.Fault);
        Assert.Equal(("c200", 200, 0), (c.Current.Id, c.Account.Today.Challenges, c.Account.Today.Opens));
        Assert.Null(c.Wait(TimeSpan.FromHours(12)).Begin(Challenging.Request("c201")));
    }

    [Fact]
    public void What_is_not_the_accounts_any_more_is_not_contacted()
    {
        var c = new Challenging();
        var asking = Contacting.Asking(c.Current, c.Account, c.Account.Method("phone")!, How.Text);
        AccountFault? Fault(Account account) => asking.MayContact(account, How.Text, Challenging.Policy, c.Now)?.Fault;
        Assert.Null(Fault(c.Account));
        Assert.Equal(AccountFault.MethodGone, Fault(c.Account with { Methods = [] }));
        Assert.Equal(AccountFault.MethodGone, Fault(c.Account with { Methods = [c.Account.Method("phone")! with { Phone = Enrolling.Phone(2) }] }));
        Assert.Equal(AccountFault.Blocked, Fault(c.Account with { BlockedAt = c.Now }));
        Assert.Equal(AccountFault.AccountReset, Fault(c.Account.Block(c.Now)));
        Assert.Equal(AccountFault.AccountReset, Fault(c.Account.Reset()));
        Assert.True(asking.Owns(c.Account));
    }

    [Fact]
    public void The_number_that_was_reserved_with_is_settled_though_the_challenge_asks_by_another()
    {
        var c = Challenging.Texted();
        c.Contact("office", How.Call);
        Assert.Equal([new SettleNumber("c-1", false, "number-1")], c.V.Pending.Select(p => p.Effect).OfType<SettleNumber>());
        Assert.Equal("number-9", c.Current.NumberKey);
        c.Connects();
        c.Press("#");
        Assert.Equal([new SettleNumber("c-1", false, "number-1"), new SettleNumber("c-2", true, "number-9")], c.V.Pending.Select(p => p.Effect).OfType<SettleNumber>());
    }

    private static Challenging Off(MethodKind kind, AccountFault fault)
    {
        var c = Challenging.Texted();
        c.Account = Off(kind, fault, c.Account);
        return c;
    }

    private static Account Off(MethodKind kind, AccountFault fault, Account account) => fault == AccountFault.MethodPaused
        ? account with { PausedUntil = account.PausedUntil.SetItem(kind, Play.Noon.AddHours(1)) }
        : account with { WrongCodes = account.WrongCodes.SetItem(kind, new(fault == AccountFault.MethodLocked ? 100 : 10, Play.Noon)) };

    private static void AssertRefused(Challenging c, string code, AccountFault fault)
    {
        var before = (c.Current, c.Account);
        Assert.Equal((Answer.Ignored, fault), (Refusing(c.Give(code)), c.Last.Refusal?.Fault));
        Assert.Same(before.Current, c.Current);
        Assert.Same(before.Account, c.Account);
    }

    // Of two kinds that refuse, neither says more than the other.
    private static Answer Refusing(Answer answer) => answer == Answer.NotThisWay ? Answer.Ignored : answer;
}
