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

    [Fact]
    public void What_an_admin_or_the_user_ended_goes_on_for_who_may_not_know_until_it_is_called_off_or_guessed_at_too_often()
    {
        var c = new Challenging();
        c.Account = c.Account.Block(c.Now);
        Assert.Equal(Answer.WrongCode, c.Give("123456", countsAnyway: true));
        c = new Challenging();
        c.Account = c.Account.Reset();
        Assert.Equal(Answer.WrongCode, c.Give("123456", countsAnyway: true));
        c.Is(Failed, fault: AccountFault.AccountReset);
        Assert.True(c.Current is { WrongCodes: 1 } && c.Current.LooksOpenAt(Challenging.Policy, c.Now));
        Assert.Equal(Answer.WrongCode, c.Give("123456", countsAnyway: true));
        Assert.False(c.Current.Closed(Challenging.Policy, c.Now).LooksOpenAt(Challenging.Policy, c.Now));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Answer.WrongCode, c.Give("123456", countsAnyway: true));
        }

        Assert.False(c.Current.LooksOpenAt(Challenging.Policy, c.Now));
        Assert.Equal(Answer.Over, c.Give("123456", countsAnyway: true));
        // Guessed at too often, it stays so.
        Assert.Same(c.Current, c.Current.Closed(Challenging.Policy, c.Now));
    }

    [Fact]
    public void A_code_that_nothing_is_compared_with_is_saved_with_the_account_like_one_that_counts()
    {
        var c = new Challenging(account: Challenging.Alice() with { RecoveryCodes = null });
        var before = c.Account;
        Assert.Equal(Answer.WrongCode, c.GiveRecovery("r1", countsAnyway: true));
        Assert.Equal(before with { Unjudged = 1 }, c.Account);
        Assert.Equal(AuditKind.WrongCode, Assert.Single(c.Account.Since(before, c.Now)).Kind);
    }

    [Fact]
    public void Codes_on_paper_are_right_where_the_methods_alone_are_made_up()
    {
        var c = new Challenging(Challenging.Request() with { MadeUp = MadeUp.Methods }, Challenging.Alice() with { Methods = [] });
        c.Current = c.Current.Asking(s_madeUp, How.Text, s_madeUp.Phone, "decoys");
        Assert.True(c.Current is { ReachesNobody: true, IsDecoy: false } && c.Current.MayContact(c.Account, How.Text, Challenging.Policy, c.Now) is null);
        Assert.Equal(Answer.Taken, c.GiveRecovery("r1"));
        c.Is(Verified, ProofKind.RecoveryCode);
    }

    [Fact]
    public void Nothing_refuses_a_contact_that_reaches_nobody_and_its_code_verifies_nothing()
    {
        var c = new Challenging { Account = Challenging.Alice() with { PausedUntil = Challenging.Alice().PausedUntil.Add(MethodKind.AuthenticationPhone, Play.Noon.AddHours(1)) } };
        Assert.Equal(AccountFault.MethodPaused, c.MayContact("phone", How.Text)?.Fault);
        c.Current = c.Current with { IsMuted = true };
        Assert.Null(c.MayContact("phone", How.Text));
        c.Contact("phone", How.Text);
        Assert.Equal(Answer.WrongCode, c.Give(c.Code(), countsAnyway: true));
        c.Wait(TimeSpan.FromHours(1)).Is(Expired);
    }
}
