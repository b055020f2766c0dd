using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class TextTests
{
    [Fact]
    public void A_text_is_sent_at_once_and_its_code_verifies()
    {
        var play = new Play(How.Text).Is(Delivering);
        Assert.Equal([new SendText(1)], play.Performs);
        Assert.Equal(Answer.Taken, play.Wait(1).Done<SendText>());
        play.Is(Waiting);
        Assert.Equal(Answer.Taken, play.Wait(20).Type($" {Play.Code(1)[..3]}-{Play.Code(1)[3..]} "));
        play.Is(Verified);
        Assert.Empty(play.Performs);
    }

    [Fact]
    public void A_verified_text_is_settled_after_the_answer_and_is_then_over_and_no_clock_is_told()
    {
        var play = Play.Texted();
        Assert.True(play.V.WaitsForDeadline);
        play.Type(Play.Code(1));
        Assert.Equal([new SettleNumber(Play.Id, GiveBack: true)], play.KeepsHouse);
        Assert.Null(play.V.ClockAt());
        Assert.False(play.V.IsOver);
        play.Done<SettleNumber>();
        Assert.True(play.V.IsOver);
        Assert.Null(play.V.WakeAt());
    }

    [Fact]
    public void What_was_not_settled_after_the_answer_is_settled_by_whoever_looks_next()
    {
        var play = Play.Texted();
        play.Type(Play.Code(1));
        Assert.Equal(play.Now.AddSeconds(30), play.V.WakeAt());
        Assert.Equal([new SettleNumber(Play.Id, GiveBack: true)], play.WakeInTime().KeepsHouse);
    }

    [Fact]
    public void Five_wrong_codes_fail_it_and_the_right_one_comes_too_late()
    {
        var play = Play.Texted();
        for (var i = 1; i < 5; i++)
        {
            Assert.Equal(Answer.WrongCode, play.Type(Play.WrongCode));
            play.Is(Waiting);
        }

        Assert.Equal(Answer.WrongCode, play.Type("no code at all"));
        play.Is(Failed, Reason.TooManyCodes);
        Assert.Equal(Answer.Over, play.Type(Play.Code(1)));
        play.Is(Failed, Reason.TooManyCodes);
        Assert.Equal(new SettleNumber(Play.Id, GiveBack: false), play.Pending<SettleNumber>().Effect);
    }

    [Fact]
    public void The_right_code_after_four_wrong_ones_verifies()
    {
        var play = Play.Texted();
        for (var i = 1; i < 5; i++)
        {
            play.Type(Play.WrongCode);
        }

        Assert.Equal(Answer.Taken, play.Type(Play.Code(1)));
        play.Is(Verified);
    }

    [Fact]
    public void The_right_code_at_the_deadline_is_too_late_and_a_moment_before_is_not()
    {
        var late = Play.Texted().Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(Answer.Over, late.Type(Play.Code(1)));
        late.Is(Expired);
        var early = Play.Texted().Wait(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(Answer.Taken, early.Type(Play.Code(1)));
        early.Is(Verified);
    }

    [Fact]
    public void The_right_code_again_is_taken_again_and_changes_nothing()
    {
        var play = Play.Texted();
        play.Type(Play.Code(1));
        var verified = play.V;
        Assert.Equal(Answer.Taken, play.Wait(TimeSpan.FromMinutes(20)).Type(Play.Code(1)));
        Assert.Equal(Answer.Over, play.Step(new ResendAsked()));
        Assert.Equal(Answer.Over, play.Step(new CancelAsked()));
        Assert.Same(verified, play.V);
    }

    [Fact]
    public void After_as_many_wrong_codes_as_it_takes_the_right_one_is_not_taken_again()
    {
        var play = Play.Texted();
        play.Type(Play.WrongCode);
        play.Type(Play.Code(1));
        for (var miss = 2; miss <= 5; miss++)
        {
            Assert.Equal(Answer.Taken, play.Type(Play.Code(1)));
            Assert.Equal(Answer.Over, play.Type(Play.WrongCode));
        }

        var closed = play.Is(Verified).V;
        Assert.Equal(Answer.Over, play.Type(Play.Code(1)));
        Assert.Equal(Answer.Over, play.Type(Play.WrongCode));
        Assert.Same(closed, play.V);
    }

    [Fact]
    public void Another_text_is_sent_after_thirty_seconds_and_three_times_in_all()
    {
        var play = Play.Texted();
        Assert.Equal(Answer.TooSoon, play.Wait(29.999).Step(new ResendAsked()));
        Assert.Equal(Answer.Taken, play.Wait(0.001).Step(new ResendAsked()));
        Assert.Equal([new SendText(2)], play.Performs);
        play.Is(Delivering).Done<SendText>();
        Assert.Equal(Answer.TooSoon, play.Wait(29.999).Step(new ResendAsked()));
        Assert.Equal(Answer.Taken, play.Wait(0.001).Step(new ResendAsked()));
        Assert.Equal([new SendText(3)], play.Performs);
        play.Done<SendText>();
        Assert.Equal(Answer.NoSendsLeft, play.Wait(60).Step(new ResendAsked()));
        play.Is(Waiting);
    }

    [Fact]
    public void The_last_two_codes_are_valid_and_the_third_last_is_not()
    {
        var play = Play.Texted();
        for (var send = 2; send <= 3; send++)
        {
            play.Wait(30).Step(new ResendAsked());
            play.Done<SendText>();
        }

        Assert.Equal(Answer.WrongCode, play.Type(Play.Code(1)));
        Assert.Equal(Answer.Taken, play.Type(Play.Code(2)));
        play.Is(Verified);
        Assert.Equal(Answer.Taken, play.Type(Play.Code(3)));
        Assert.Equal(Answer.Over, play.Type(Play.Code(1)));
    }

    [Fact]
    public void The_code_of_a_text_that_was_not_sent_yet_is_wrong() => Assert.Equal(Answer.WrongCode, Play.Texted().Type(Play.Code(2)));

    [Fact]
    public void A_new_code_does_not_reset_the_failure_count()
    {
        var play = Play.Texted();
        for (var i = 1; i < 5; i++)
        {
            play.Type(Play.WrongCode);
        }

        play.Wait(30).Step(new ResendAsked());
        play.Done<SendText>();
        Assert.Equal(Answer.WrongCode, play.Type(Play.WrongCode));
        play.Is(Failed, Reason.TooManyCodes);
    }

    [Fact]
    public void A_newer_text_takes_the_place_of_one_that_did_not_get_through()
    {
        var play = new Play(How.Text);
        play.Refused<SendText>(TimeSpan.FromMinutes(3));
        play.Wait(30).Step(new ResendAsked());
        Assert.Equal([new SendText(2)], play.Performs);
        Assert.Single(play.V.Pending);
        Assert.NotEqual(play.Tries[0].Pending.RequestId(Play.Id), play.Tries[^1].Pending.RequestId(Play.Id));
    }

    [Fact]
    public void A_cancelled_one_sends_no_more_and_takes_no_code()
    {
        var play = new Play(How.Text);
        Assert.Equal(Answer.Taken, play.Step(new CancelAsked()));
        Assert.Equal(Answer.Ignored, play.Step(new EffectFailed(1, Reason.CarrierDown, Transient: true, Refused: true)));
        Assert.Equal(Answer.Over, play.Is(Cancelled).Type(Play.Code(1)));
        Assert.Equal(new SettleNumber(Play.Id, GiveBack: false), play.Pending<SettleNumber>().Effect);
    }

    [Fact]
    public void No_call_event_means_anything_to_a_text()
    {
        var play = Play.Texted();
        var before = play.V;
        Assert.Equal(Answer.Ignored, play.Connects());
        Assert.Equal(Answer.Ignored, play.Ends(Reason.Busy));
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("e", 1, "call-1", 1, "#")));
        Assert.Same(before, play.V);
    }
}
