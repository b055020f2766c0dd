using Xunit;
using static Mfa.Core.ChallengeState;

namespace Mfa.Core.Tests;

/// <summary>A challenge that only looks as if there were such a user.</summary>
public class DecoyTests
{
    private static readonly ContactMethod s_madeUp = Enrolling.Method("made-up", phone: Enrolling.Phone(4));

    private static Challenging Decoy(Account? account = null) =>
        new(Challenging.Request() with { MadeUp = MadeUp.User }, account ?? new Account { Key = "a", Tenant = "contoso", User = "nobody" });

    private static Challenging Contacted(How how, Account? account = null)
    {
        var c = Decoy(account);
        var asking = c.Current.Asking(s_madeUp, how, s_madeUp.Phone, "decoys");
        var (holder, asked, _) = Contacting.Begin(asking, how, c.Account, sends: true, Challenging.Policy, new(), c.Now);
        (c.Current, c.Account) = ((Challenge)holder, asked);
        return c;
    }

    [Fact]
    public void The_code_of_a_text_that_was_never_sent_verifies_nothing()
    {
        var c = Contacted(How.Text);
        Assert.True(c.Current is { ReachesNobody: true } && c.Current.Owns(c.Account));
        Assert.Equal(Answer.Taken, c.Give(c.Code(), remember: true));
        c.Is(Failed);
        Assert.Empty(c.Account.Browsers);
    }

    [Fact]
    public void A_key_in_a_call_that_was_never_placed_verifies_nothing()
    {
        var c = Contacted(How.Call);
        c.Connects();
        c.Press("#");
        c.Is(Failed);
    }

    [Fact]
    public void Nothing_that_the_account_has_verifies_it()
    {
        var c = Decoy(Challenging.Alice());
        Assert.Equal((Answer.WrongCode, Answer.WrongCode, Answer.WrongCode), (c.GiveRecovery("r1"), c.GiveBypass("b"), c.Give(c.AppCode())));
        c.Is(Open);
        Assert.Equal(2, c.Account.RecoveryCodes!.Hashes.Length);
        Assert.NotNull(c.Account.Bypass);
    }

    [Fact]
    public void No_recovery_code_gets_a_blocked_user_in()
    {
        var c = Decoy(Challenging.Alice().Block(Play.Noon));
        Assert.Equal(Answer.WrongCode, c.GiveRecovery("r1"));
        c.Is(Open);
    }

    [Fact]
    public void That_the_account_is_blocked_is_not_told()
    {
        var c = Contacted(How.Text, Challenging.Alice().Block(Play.Noon));
        Assert.Null(c.Current.MayContact(c.Account, How.Text, Challenging.Policy, c.Now));
        Assert.Equal((Answer.WrongCode, null), (c.Give(Play.WrongCode), c.Last.Refusal));
        Assert.Equal((1, 1), c.Counted);
    }

    [Fact]
    public void It_ends_and_waits_like_any_other()
    {
        var c = Decoy();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Answer.WrongCode, c.Give(Play.WrongCode));
            if (i % 5 == 4)
            {
                c.Is(Failed, reason: Reason.TooManyCodes);
                c.Begin(Challenging.Request() with { MadeUp = MadeUp.User });
            }
        }

        c.Give(Play.WrongCode);
        Assert.Equal(new(AccountFault.TooManyFailures, c.Now.AddSeconds(30)), c.Last.Refusal);
    }
}
