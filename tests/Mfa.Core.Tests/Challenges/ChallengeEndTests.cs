using Xunit;
using static Mfa.Core.ChallengeState;

namespace Mfa.Core.Tests;

/// <summary>How a challenge ends without the right proof, and what is still right after its end.</summary>
public class ChallengeEndTests
{
    [Fact]
    public void A_fraud_report_denies_and_the_kind_rests()
    {
        var c = Challenging.Called();
        c.Press("0#");
        c.Press("1");
        c.Is(Denied);
        Assert.Equal(c.Now.AddHours(1), c.Account.PausedUntil[MethodKind.AuthenticationPhone]);
        c.Begin(Challenging.Request("c2"));
        Assert.Equal(AccountFault.MethodPaused, c.MayContact("phone", How.Text)?.Fault);
        Assert.Null(c.MayContact("office", How.Call));
    }

    [Fact]
    public void What_was_reported_as_fraud_in_one_challenge_is_not_verified_in_another()
    {
        var other = Challenging.Texted();
        other.Account = other.Account with { PausedUntil = other.Account.PausedUntil.SetItem(MethodKind.AuthenticationPhone, other.Now.AddHours(1)) };
        other.Replies(other.Code());
        other.Is(Failed, fault: AccountFault.MethodPaused);
    }

    [Fact]
    public void A_kind_that_is_locked_while_it_rings_verifies_nothing()
    {
        var c = Challenging.Called().Counting(MethodKind.AuthenticationPhone, 100);
        c.Press("#");
        c.Is(Failed, fault: AccountFault.MethodLocked);
        Assert.Equal((100, 0), c.Counted);
    }

    [Fact]
    public void A_call_that_failed_or_a_text_that_is_over_leaves_another_way()
    {
        var c = Challenging.Called();
        Array.ForEach(["5", "5", "5"], key => c.Press(key));
        Assert.Equal(VerificationState.Failed, c.V.State);
        c.Is(Open);
        c.Wait(60).Contact("phone", How.Text);
        Assert.Equal(Answer.Taken, c.Give(c.Code()));
        c.Is(Verified, ProofKind.Method, How.Text);
    }

    [Fact]
    public void Five_wrong_codes_end_it_whatever_they_were_meant_for()
    {
        var c = Challenging.Called();
        Assert.Equal((Answer.WrongCode, Answer.WrongCode), (c.GiveRecovery("x"), c.GiveBypass("x")));
        Assert.Equal((Answer.WrongCode, Answer.WrongCode), (c.Give(Play.WrongCode), c.Give(Play.WrongCode)));
        c.Is(Open);
        Assert.Equal(Answer.WrongCode, c.Give(Play.WrongCode));
        c.Is(Failed, reason: Reason.TooManyCodes);
        Assert.Equal(VerificationState.Cancelled, c.V.State);
        Assert.Contains(c.Last.Effects, e => e.Effect is Say);
        Assert.Equal((Answer.Over, Answer.Over, Answer.Over), (c.Give(c.AppCode()), c.GiveRecovery("r1"), c.GiveBypass("b")));
        c.Press("#");
        c.Is(Failed, reason: Reason.TooManyCodes);
    }

    [Fact]
    public void A_new_text_gives_no_new_tries()
    {
        var c = Challenging.Texted();
        for (var i = 0; i < 4; i++)
        {
            c.Give(Play.WrongCode);
            c.Wait(30).Contact("phone", How.Text);
        }

        c.Give(Play.WrongCode);
        c.Is(Failed, reason: Reason.TooManyCodes);
    }

    [Fact]
    public void A_reset_while_it_is_open_fails_it_at_the_next_code_and_the_next_key()
    {
        var typed = Challenging.Texted();
        typed.Account = typed.Account.Reset();
        Assert.Equal(Answer.Over, typed.Give(typed.Code()));
        typed.Is(Failed, fault: AccountFault.AccountReset);
        Assert.Equal(VerificationState.Cancelled, typed.V.State);

        var pressed = Challenging.Called();
        pressed.Account = pressed.Account.Reset();
        pressed.Press("#");
        pressed.Is(Failed, fault: AccountFault.AccountReset);
        Assert.Empty(pressed.Account.Browsers);
    }

    [Fact]
    public void A_block_while_it_is_open_judges_no_code_and_verifies_by_no_key()
    {
        var c = Challenging.Called();
        c.Account = c.Account.Block(c.Now);
        var before = c.Current;
        Assert.Equal(Answer.Ignored, c.Give(c.AppCode()));
        Assert.Equal((AccountFault.Blocked, Answer.Ignored), (c.Last.Refusal?.Fault, c.GiveRecovery("r1")));
        Assert.Same(before, c.Current);
        c.Press("#");
        c.Is(Failed, fault: AccountFault.AccountReset);

        var unblocked = Challenging.Texted();
        unblocked.Account = unblocked.Account.Block(unblocked.Now).Unblock();
        Assert.Equal(Answer.Over, unblocked.Give(unblocked.Code()));
        unblocked.Is(Failed, fault: AccountFault.AccountReset);
    }

    [Fact]
    public void A_method_that_is_removed_while_it_rings_verifies_nothing()
    {
        var c = Challenging.Called();
        c.Account = c.Account.Remove("phone", new("s", c.Now, c.Now), Challenging.Policy, c.Now).Account;
        c.Press("#");
        c.Is(Failed, fault: AccountFault.MethodGone);
        Assert.Null(c.Current.ProvedBy);

        var app = new Challenging();
        var code = app.AppCode();
        var given = new CodeGiven { Form = GivenForm.Digits, Digits = code, Key = Play.Key, Seeds = Seeds() };
        app.Account = app.Account.Remove("app", new("s", app.Now, app.Now), Challenging.Policy, app.Now).Account;
        Assert.Equal(Answer.WrongCode, app.Take(given));
    }

    [Fact]
    public void A_number_that_the_directory_changes_while_it_rings_verifies_nothing()
    {
        var c = new Challenging().Contact("office", How.Call);
        c.Connects();
        c.Account = c.Account.Described(AccountDetails.Of(c.Account) with { OfficePhone = Enrolling.Phone(8) });
        c.Press("#");
        c.Is(Failed, fault: AccountFault.MethodGone);
    }

    [Fact]
    public void It_expires_unless_a_verification_of_it_runs()
    {
        var c = new Challenging().Wait(TimeSpan.FromMinutes(10)).Is(Expired);
        Assert.Equal(Answer.Over, c.Give(c.AppCode()));
        Assert.Equal(Answer.Over, c.GiveBypass("b"));

        var late = new Challenging().Wait(TimeSpan.FromMinutes(9)).Contact("phone", How.Text).Wait(TimeSpan.FromMinutes(9)).Is(Open);
        Assert.Equal(Answer.Taken, late.Give(late.Code()));
    }

    [Fact]
    public void When_its_time_and_that_of_its_text_are_up_no_code_is_right_though_no_clock_has_looked()
    {
        var c = Challenging.Texted().Wait(TimeSpan.FromMinutes(10)).Is(Expired);
        var before = c.Account;
        Assert.Equal((Answer.Over, Answer.Over), (c.Give(c.Code()), c.Give(c.AppCode())));
        Assert.Equal((Answer.Over, Answer.Over), (c.GiveRecovery("r1"), c.GiveBypass("b")));
        c.Is(Expired);
        Assert.Same(before, c.Account);
    }

    [Fact]
    public void A_text_whose_time_is_up_before_the_challenges_is_over_by_itself()
    {
        var c = Challenging.Texted(new() { Lifetime = TimeSpan.FromMinutes(2) }).Wait(TimeSpan.FromMinutes(2));
        c.Account = c.Account with { Methods = [c.Account.Method("phone")!] };
        Assert.Equal(Answer.Over, c.Give(c.Code()));
        Assert.Equal(VerificationState.Expired, c.Is(Open).V.State);
        Assert.All(c.Last.Effects, e => Assert.Contains(e, c.V.Pending));
    }

    [Fact]
    public void Called_off_it_is_over_and_the_phone_is_let_be()
    {
        var c = Challenging.Called();
        var (holder, effects) = c.Current.CallOff(c.Now);
        c.Current = (Challenge)holder;
        c.Is(Cancelled);
        Assert.Contains(effects, e => e.Effect is Say);
        Assert.Equal(Answer.Over, c.Give(c.AppCode()));
        Assert.Same(holder, holder.CallOff(c.Now.AddMinutes(1)).Holder);
    }

    [Fact]
    public void The_right_code_again_is_right_again_and_any_other_is_over()
    {
        var text = Challenging.Texted();
        text.Give(text.Code());
        Assert.Equal((Answer.Taken, Answer.Over, Answer.Over), (text.Give(text.Code()), text.Give(text.AppCode()), text.GiveRecovery("r1")));

        var app = Challenging.Texted();
        var code = app.AppCode();
        app.Give(code);
        Assert.Equal((Answer.Taken, Answer.Over, Answer.Over), (app.Wait(300).Give(code), app.Give(app.AppCode()), app.Give(app.Code())));

        var recovery = new Challenging();
        recovery.GiveRecovery("r1");
        Assert.Equal((Answer.Taken, Answer.Over, Answer.Over), (recovery.GiveRecovery("r1"), recovery.GiveRecovery("r2"), recovery.Give(recovery.AppCode())));

        var bypass = new Challenging();
        bypass.GiveBypass("b");
        Assert.Equal((Answer.Taken, Answer.Over, Answer.Over), (bypass.GiveBypass("b"), bypass.GiveBypass("x"), bypass.GiveRecovery("b")));
        Assert.Equal(Challenging.Alice().RecoveryCodes!.Hashes, bypass.Account.RecoveryCodes!.Hashes);
    }

    [Fact]
    public void After_the_end_there_are_no_more_tries_than_before_it()
    {
        var c = Challenging.Texted();
        Array.ForEach(["000000", "000001"], wrong => c.Give(wrong));
        c.Give(c.Code());
        c.Is(Verified, ProofKind.Method, How.Text);
        Array.ForEach(["000000", "000001", "000002"], wrong => Assert.Equal(Answer.Over, c.Give(wrong)));
        Assert.Equal(Answer.Over, c.Give(c.Code()));
        c.Is(Verified, ProofKind.Method, How.Text);
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, Secret> Seeds() =>
        System.Collections.Immutable.ImmutableDictionary<string, Secret>.Empty.Add("app", Challenging.Seed);
}
