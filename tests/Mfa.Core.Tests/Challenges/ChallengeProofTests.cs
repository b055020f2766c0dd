using Xunit;
using static Mfa.Core.ChallengeState;

namespace Mfa.Core.Tests;

/// <summary>All that verifies a challenge.</summary>
public class ChallengeProofTests
{
    private static readonly VerificationPolicy s_number = new() { CallProof = CallProof.Number, ReplyProof = ReplyProof.Number };

    [Fact]
    public void The_code_of_a_text_verifies_when_it_is_typed()
    {
        var c = Challenging.Texted().Counting(MethodKind.AuthenticationPhone, 3);
        Assert.Equal(Answer.Taken, c.Give(c.Code()));
        c.Is(Verified, ProofKind.Method, How.Text);
        Assert.Equal((c.Now, "c", (0, 0)), (c.Current.EndedAt, c.Current.ProvedBy, c.Counted));
    }

    [Fact]
    public void The_code_of_a_text_verifies_when_it_is_sent_back()
    {
        var c = Challenging.Texted();
        Assert.Equal(Answer.Taken, c.Replies(c.Code()));
        c.Is(Verified, ProofKind.Method, How.Text);
    }

    [Fact]
    public void Where_the_digits_are_asked_for_a_reply_with_the_right_ones_verifies_others_deny_and_none_is_no_reply()
    {
        var c = Challenging.Texted(s_number);
        Assert.Equal(Answer.Ignored, c.Replies(c.Code()));
        c.Is(Open);
        var denied = Challenging.Texted(s_number);
        var other = denied.V.MatchNumber == 42 ? "43" : "42";
        Assert.Equal(Answer.Ignored, denied.Replies(Play.WrongCode, other));
        Assert.Equal(Answer.Taken, denied.Replies(denied.Code(), other));
        denied.Is(Denied, reason: Reason.WrongNumber);
        Assert.Equal(Answer.Taken, c.Replies(c.Code(), $"{c.V.MatchNumber}"));
        c.Is(Verified, ProofKind.Method, How.Text);
    }

    [Fact]
    public void Where_the_digits_are_asked_for_the_code_is_typed_without_them()
    {
        var c = Challenging.Texted(s_number);
        Assert.Equal(Answer.Taken, c.Give(c.Code()));
        c.Is(Verified, ProofKind.Method, How.Text);
    }

    [Fact]
    public void Pound_in_the_call_verifies()
    {
        var c = Challenging.Called();
        Assert.Equal(Answer.Taken, c.Press("#"));
        c.Is(Verified, ProofKind.Method, How.Call);
    }

    [Fact]
    public void A_call_of_the_office_phone_verifies()
    {
        var c = new Challenging().Contact("office", How.Call);
        c.Connects();
        c.Press("#");
        c.Is(Verified, ProofKind.Method, How.Call);
    }

    [Fact]
    public void The_number_on_the_screen_verifies_in_the_call_and_another_denies()
    {
        var c = Challenging.Called(s_number);
        c.Press("#");
        c.Is(Open);
        Assert.Equal(Answer.Taken, c.Press($"{c.V.MatchNumber}#"));
        c.Is(Verified, ProofKind.Method, How.Call);

        var denied = Challenging.Called(s_number);
        Assert.Equal(Answer.Taken, denied.Press(denied.V.MatchNumber == 42 ? "43#" : "42#"));
        denied.Is(Denied, reason: Reason.WrongNumber);
    }

    [Fact]
    public void A_code_of_the_app_verifies_once_and_needs_no_contact()
    {
        var c = new Challenging().Counting(MethodKind.MobileApp, 3);
        var code = c.AppCode();
        Assert.Equal(Answer.Taken, c.Give(code));
        c.Is(Verified, ProofKind.Method, How.Code);
        Assert.Equal((0, 0), c.Counted);
        Assert.Equal(Totp.StepAt(c.Now), c.Account.Method("app")!.LastStep);

        c.Begin(Challenging.Request("c2"));
        Assert.Equal(Answer.WrongCode, c.Give(code));
        Assert.Equal(Answer.Taken, c.Give(c.AppCode(later: 1)));
        c.Is(Verified, ProofKind.Method, How.Code);
    }

    [Fact]
    public void A_code_of_the_app_verifies_while_the_phone_rings_and_the_phone_is_let_be()
    {
        var c = Challenging.Called();
        Assert.Equal(Answer.Taken, c.Give(c.AppCode()));
        c.Is(Verified, ProofKind.Method, How.Code);
        Assert.Equal(VerificationState.Cancelled, c.V.State);
        Assert.Contains(c.Last.Effects, e => e.Effect is Say or HangUp);
        Assert.All(c.Last.Effects, e => Assert.Contains(e, c.V.Pending));
        c.Press("#");
        c.Is(Verified, ProofKind.Method, How.Code);
    }

    [Fact]
    public void A_code_of_the_app_that_is_no_code_of_the_text_counts_as_no_miss()
    {
        var c = Challenging.Texted().Counting(MethodKind.AuthenticationPhone, 2);
        Assert.Equal(Answer.Taken, c.Give(c.AppCode()));
        Assert.Equal(((2, 0), 0), (c.Counted, c.Current.WrongCodes));
    }

    [Fact]
    public void A_recovery_code_verifies_once()
    {
        var c = Challenging.Texted();
        Assert.Equal(Answer.Taken, c.GiveRecovery("r1"));
        c.Is(Verified, ProofKind.RecoveryCode);
        Assert.Equal(["r2"], c.Account.RecoveryCodes!.Hashes);
        Assert.Equal(VerificationState.Cancelled, c.V.State);

        c.Begin(Challenging.Request("c2"));
        Assert.Equal(Answer.WrongCode, c.GiveRecovery("r1"));
        Assert.Equal((1, 1), (c.Current.WrongCodes, c.Account.RecoveryCodes.Wrong!.InARow));
        Assert.Equal(Answer.Taken, c.GiveRecovery("r2"));
        Assert.True(c.Account.RecoveryCodes is { Hashes.IsEmpty: true, Wrong: null });
    }

    [Fact]
    public void A_bypass_verifies_as_often_as_it_may_and_not_after_its_time()
    {
        var c = new Challenging();
        c.Account = c.Account with { Bypass = c.Account.Bypass! with { UsesLeft = 2 } };
        Assert.Equal(Answer.WrongCode, c.GiveBypass("x"));
        Assert.Equal(1, c.Account.Bypass.Wrong!.InARow);
        Assert.Equal(Answer.Taken, c.GiveBypass("b"));
        c.Is(Verified, ProofKind.Bypass);
        Assert.Equal((1, null), (c.Account.Bypass.UsesLeft, c.Account.Bypass.Wrong));
        c.Begin(Challenging.Request("c2"));
        var late = new Challenging(account: c.Account).Wait(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        c.GiveBypass("b");
        Assert.Null(c.Is(Verified, ProofKind.Bypass).Account.Bypass);
        c.Begin(Challenging.Request("c3"));
        Assert.Equal(Answer.WrongCode, c.GiveBypass("b"));

        late.Account = late.Account with { Bypass = late.Account.Bypass! with { ExpiresAt = late.Now } };
        Assert.Equal(Answer.WrongCode, late.GiveBypass("b"));
        late.Is(Open);
    }

    [Fact]
    public void An_account_without_recovery_codes_or_bypass_has_none_that_is_right()
    {
        var c = new Challenging(account: Challenging.Alice() with { RecoveryCodes = null, Bypass = null });
        Assert.Equal((Answer.WrongCode, Answer.WrongCode, 2), (c.GiveRecovery("r1"), c.GiveBypass("b"), c.Current.WrongCodes));
    }

    [Fact]
    public void A_code_that_can_be_compared_with_nothing_is_no_way_and_counts_only_where_the_caller_may_not_know()
    {
        var c = new Challenging(account: Challenging.Alice() with { Methods = [Enrolling.Method("phone", phone: Enrolling.Phone())] }).Contact("phone", How.Call);
        var before = c.Current;
        Assert.Equal(Answer.NotThisWay, c.Give("123456"));
        Assert.Same(before, c.Current);
        Assert.Equal(Answer.WrongCode, c.Give("123456", countsAnyway: true));
        Assert.Equal((1, (0, 0)), (c.Current.WrongCodes, c.Counted));
    }
}
