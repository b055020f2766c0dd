using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class CallKeyTests
{
    private static readonly VerificationPolicy s_number = new() { CallProof = CallProof.Number };

    private static string Match(Play play) => $"{play.V.MatchNumber}#";

    [Fact]
    public void An_answered_call_alone_is_nothing_and_voicemail_ends_without_a_key()
    {
        var play = Play.Answered().Is(Waiting);
        play.Silence();
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.VerifyAgain)], play.Performs);
        play.Silence();
        Assert.Equal([new Ask(1, "call-1", 3, CallPrompt.VerifyAgain)], play.Performs);
        Assert.Equal(Answer.Taken, play.Silence());
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeFailed)], play.Is(Failed, Reason.NoKey).Performs);
    }

    [Fact]
    public void Wrong_keys_three_times_fail_it()
    {
        var play = Play.Answered();
        play.Press("5");
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.VerifyAgain)], play.Performs);
        play.Press("*");
        play.Is(Waiting).Press("1");
        play.Is(Failed, Reason.WrongKey);
    }

    [Theory, InlineData("5", null, null), InlineData(null, "5", null), InlineData(null, null, "5")]
    public void A_wrong_key_among_silences_tells_that_somebody_was_there(string? first, string? second, string? third)
    {
        var play = Play.Answered();
        foreach (var key in new[] { first, second, third })
        {
            Assert.Equal(Answer.Taken, key is null ? play.Silence() : play.Press(key));
        }

        play.Is(Failed, Reason.WrongKey);
    }

    [Fact]
    public void A_pound_after_silence_and_a_wrong_key_verifies()
    {
        var play = Play.Answered();
        play.Silence();
        play.Press("7");
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void Hanging_up_before_a_key_fails_it()
    {
        var play = Play.Answered();
        play.HangsUp().Is(Failed, Reason.HungUp);
        Assert.True(play.V.IsOver);
    }

    [Theory, InlineData("#", Verified, null), InlineData("5", Failed, Reason.WrongKey), InlineData("0", Failed, Reason.HungUp)]
    public void The_last_key_counts_though_the_end_of_the_call_was_told_before_it(string key, VerificationState state, Reason? reason)
    {
        var play = Play.Answered();
        play.Ends(Reason.HungUp);
        Assert.Equal(play.Now.AddSeconds(3), play.V.WakeAt());
        Assert.Equal(Answer.Taken, play.Wait(2.9).Press(key));
        play.Is(state, reason);
        Assert.Empty(play.Performs);
    }

    [Fact]
    public void After_the_end_of_the_call_a_fraud_report_counts_and_silence_does_not()
    {
        var play = Play.Answered();
        play.Press("0");
        play.Press("#");
        play.Ends(Reason.HungUp);
        Assert.Equal(Answer.Ignored, play.Silence());
        Assert.Equal(Answer.Taken, play.Press("1"));
        play.Is(FraudReported);
    }

    [Fact]
    public void A_key_of_a_call_that_nobody_answered_means_nothing()
    {
        var play = new Play(How.Call);
        play.Ends(Reason.Busy);
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("k", 1, "call-1", 0, "#")));
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("l", 1, "call-1", 1, "#")));
        play.Is(Waiting, Reason.Busy);
    }

    [Fact]
    public void Hanging_up_later_tells_what_came_before()
    {
        var silent = Play.Answered();
        silent.Silence();
        silent.HangsUp().Is(Failed, Reason.NoKey);
        var wrong = Play.Answered();
        wrong.Press("9");
        wrong.HangsUp().Is(Failed, Reason.WrongKey);
    }

    [Fact]
    public void Zero_pound_and_a_one_report_fraud()
    {
        var play = Play.Answered();
        play.Press("0");
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.FraudPound)], play.Is(Waiting).Performs);
        play.Press("#");
        Assert.Equal([new Ask(1, "call-1", 3, CallPrompt.FraudConfirm)], play.Is(Waiting).Performs);
        play.Press("1");
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeFraud)], play.Is(FraudReported).Performs);
    }

    [Theory, InlineData("#"), InlineData("0"), InlineData("2"), InlineData("*"), InlineData(null)]
    public void Zero_and_pound_alone_neither_verify_nor_report(string? key)
    {
        var play = Play.Answered();
        play.Press("0");
        play.Press("#");
        Assert.Equal(Answer.Taken, key is null ? play.Silence() : play.Press(key));
        Assert.Equal([new Ask(1, "call-1", 4, CallPrompt.VerifyAgain)], play.Is(Waiting).Performs);
        play.Press("#");
        play.Is(Verified);
    }

    [Theory, InlineData("1"), InlineData("0"), InlineData("5")]
    public void After_a_zero_anything_but_a_pound_asks_for_the_key_again(string key)
    {
        var play = Play.Answered();
        play.Press("0");
        play.Press(key);
        Assert.Equal([new Ask(1, "call-1", 3, CallPrompt.VerifyAgain)], play.Is(Waiting).Performs);
    }

    [Fact]
    public void A_prompt_that_nothing_is_heard_of_counts_as_silence()
    {
        var play = Play.Answered();
        Assert.Equal(play.Now.AddSeconds(60), play.V.WakeAt());
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.VerifyAgain)], play.WakeInTime().Performs);
        play.Done<Ask>();
        play.WakeInTime().Done<Ask>();
        play.WakeInTime().Is(Failed, Reason.NoKey);
    }

    [Fact]
    public void What_an_older_prompt_or_another_call_heard_means_nothing()
    {
        var play = Play.Answered();
        play.Silence();
        var before = play.V;
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("a", 1, "call-1", 1, "#")));
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("b", 1, "call-2", 2, "#")));
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("c", 2, "call-1", 2, "#")));
        Assert.Equal(Answer.Ignored, play.Step(new NothingHeard("d", 1, "call-1", 1)));
        Assert.Same(before, play.V);
    }

    [Fact]
    public void The_two_digits_on_the_screen_and_a_pound_verify()
    {
        var play = Play.Answered(s_number);
        Assert.InRange(play.V.MatchNumber!.Value, 10, 99);
        play.Press(Match(play));
        play.Is(Verified);
    }

    [Fact]
    public void Two_other_digits_deny_at_once()
    {
        var play = Play.Answered(s_number);
        play.Press(play.V.MatchNumber == 42 ? "43#" : "42#");
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeFailed)], play.Is(Denied, Reason.WrongNumber).Performs);
    }

    [Theory, InlineData("#"), InlineData("4"), InlineData("4#"), InlineData("421"), InlineData("42"), InlineData("**#")]
    public void Anything_but_two_digits_and_a_pound_asks_again(string keys)
    {
        var play = Play.Answered(s_number);
        play.Press(keys);
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.VerifyAgain)], play.Is(Waiting).Performs);
        play.Press(Match(play));
        play.Is(Verified);
    }

    [Fact]
    public void Fraud_can_be_reported_where_a_number_is_asked_for_too()
    {
        var play = Play.Answered(s_number);
        play.Press("0#");
        Assert.Equal([new Ask(1, "call-1", 2, CallPrompt.FraudConfirm)], play.Performs);
        play.Press("1");
        play.Is(FraudReported);
    }
}
