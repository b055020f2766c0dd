using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class CallOrderTests
{
    private static readonly EffectDone s_placed = new(1, new PlaceCall(1), "call-1");

    [Fact]
    public void A_call_may_be_answered_before_its_placing_is_known()
    {
        var play = new Play(How.Call);
        play.Connects();
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
        Assert.Equal(Answer.Ignored, play.Step(s_placed));
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void A_call_may_be_over_before_its_placing_is_known()
    {
        var play = new Play(How.Call);
        play.Ends(Reason.Busy);
        Assert.Equal(Answer.Ignored, play.Step(s_placed));
        play.Is(Waiting, Reason.Busy);
        Assert.Equal([new PlaceCall(2)], play.WakeInTime().Performs);
    }

    [Theory, InlineData(Reason.HungUp, Reason.Busy), InlineData(Reason.Busy, Reason.HungUp)]
    public void A_refused_call_that_is_told_of_twice_is_one_attempt(Reason first, Reason second)
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        Assert.Equal(Answer.Taken, play.Ends(first));
        var ended = play.V;
        Assert.Equal(Answer.Ignored, play.Ends(second));
        Assert.Same(ended, play.V);
        play.WakeInTime();
        Assert.Equal(Answer.Ignored, play.Ends(second, "call-1", 1));
        Assert.Equal(2, play.Is(Delivering, first).V.Attempt);
    }

    [Theory]
    [InlineData(1, Reason.Busy)]
    [InlineData(1, Reason.NoAnswer)]
    [InlineData(1, Reason.Declined)]
    [InlineData(1, Reason.Undeliverable)]
    [InlineData(3, Reason.Busy)]
    [InlineData(3, Reason.Declined)]
    [InlineData(3, Reason.Undeliverable)]
    public void Why_a_call_was_refused_may_be_told_before_or_after_its_mere_end(int attempt, Reason why)
    {
        var (before, after) = (Rings(attempt), Rings(attempt));
        before.Ends(why);
        Assert.Equal(Answer.Ignored, before.Wait(1).Ends(null));
        after.Wait(1).Ends(null);
        Assert.False(after.V.IsFinal);
        after.Ends(why);
        Assert.Equal((before.V.State, before.V.Reason, before.V.Attempt, before.V.Call!.Phase), (after.V.State, after.V.Reason, after.V.Attempt, after.V.Call!.Phase));
        Assert.Equal(before.V.RetryAt is null, after.V.RetryAt is null);
        var told = after.V;
        Assert.Equal(Answer.Ignored, after.Ends(why));
        Assert.Equal(Answer.Ignored, after.Ends(null));
        Assert.Same(told, after.V);
    }

    [Fact]
    public void Why_a_call_was_refused_neither_delays_nor_doubles_the_next()
    {
        var play = Rings(1);
        play.Ends(null);
        var retryAt = play.Is(Waiting, Reason.Declined).V.RetryAt;
        Assert.Equal(Answer.Taken, play.Wait(5).Ends(Reason.Busy));
        Assert.Equal(retryAt, play.Is(Waiting, Reason.Busy).V.RetryAt);
        Assert.Equal([new PlaceCall(2)], play.WakeInTime().Performs);
        Assert.Equal(retryAt, play.Now);
        Assert.Equal(Answer.Ignored, play.Ends(Reason.NoAnswer, "call-1", 1));
        play.Is(Delivering, Reason.Busy);
    }

    [Fact]
    public void The_mere_end_of_the_last_call_is_declined_when_nothing_more_is_told_for_three_seconds()
    {
        var play = Rings(3);
        play.Ends(null);
        Assert.Equal(play.Now.AddSeconds(3), play.Is(Waiting).V.WakeAt());
        Assert.Equal(Answer.TooSoon, play.Step(new ResendAsked()));
        play.WakeInTime().Is(Failed, Reason.Declined);
        var ended = play.V;
        Assert.Equal(Answer.Ignored, play.Ends(Reason.Busy));
        Assert.Same(ended, play.V);
    }

    [Fact]
    public void The_mere_end_of_a_call_that_was_given_up_says_nothing_new()
    {
        var play = Rings(1);
        play.WakeInTime().Is(Waiting, Reason.NoAnswer);
        play.Ends(null);
        Assert.Equal(Answer.Ignored, play.Ends(Reason.Busy));
        Assert.Equal([new PlaceCall(2)], play.Is(Waiting, Reason.NoAnswer).WakeInTime().Performs);
    }

    [Fact]
    public void An_event_of_an_older_attempt_never_ends_a_newer_one()
    {
        var play = new Play(How.Call);
        play.Ends(Reason.NoAnswer);
        play.WakeInTime().Done<PlaceCall>("call-2");
        play.Connects();
        var before = play.V;
        Assert.Equal(Answer.Ignored, play.Ends(Reason.HungUp, "call-1", 1));
        Assert.Equal(Answer.Ignored, play.Step(new KeysHeard("k", 1, "call-1", 1, "#")));
        Assert.Same(before, play.V);
    }

    [Fact]
    public void An_older_attempt_that_is_answered_late_is_hung_up()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        play.WakeInTime().Done<HangUp>();
        play.WakeInTime().Done<PlaceCall>("call-2");
        Assert.Equal(Answer.Taken, play.Connects("call-1", 1));
        Assert.Equal([new HangUp("call-1")], play.Is(Waiting).Performs);
        play.Connects("call-2", 2);
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void An_older_attempt_whose_placing_is_known_late_is_hung_up()
    {
        var play = new Play(How.Call);
        play.Never<PlaceCall>(Reason.Busy);
        play.WakeInTime();
        Assert.Equal(Answer.Taken, play.Step(s_placed));
        Assert.Equal([new HangUp("call-1")], play.Performs);
        Assert.Equal(2, play.V.Attempt);
    }

    [Fact]
    public void A_call_that_was_given_up_and_hung_up_is_not_asked_anything_when_it_is_answered_after_all()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        play.WakeInTime().Done<HangUp>();
        play.Connects();
        Assert.Equal([new HangUp("call-1")], play.Is(Waiting, Reason.NoAnswer).Performs);
        play.Ends(Reason.HungUp);
        Assert.Equal([new PlaceCall(2)], play.Is(Waiting, Reason.NoAnswer).WakeInTime().Performs);
    }

    [Fact]
    public void A_call_of_unknown_outcome_that_is_answered_after_all_counts()
    {
        var play = CallOfUnknownOutcome();
        Assert.Equal(Answer.Taken, play.Connects());
        Assert.Null(play.V.RetryAt);
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void A_call_of_unknown_outcome_that_turns_out_to_ring_is_waited_for_and_no_other_is_placed_beside_it()
    {
        var play = CallOfUnknownOutcome();
        Assert.Equal(Answer.Taken, play.Step(s_placed));
        Assert.Null(play.Is(Waiting).V.RetryAt);
        Assert.Equal(play.Now.AddSeconds(150), play.V.WakeAt());
        Assert.Equal([new HangUp("call-1")], play.WakeInTime().Performs);
    }

    [Fact]
    public void Of_two_calls_of_one_attempt_the_second_is_hung_up_and_its_end_ends_nothing()
    {
        var play = Play.Answered();
        Assert.Equal(Answer.Taken, play.Connects("call-1b"));
        Assert.Equal([new HangUp("call-1b")], play.Performs);
        Assert.Equal(Answer.Taken, play.Ends(Reason.HungUp, "call-1b"));
        play.Is(Waiting).Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void Of_two_calls_of_one_attempt_the_second_is_hung_up_when_its_placing_is_told()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        Assert.Equal(Answer.Taken, play.Step(s_placed with { Receipt = "call-1b" }));
        Assert.Equal([new HangUp("call-1b")], play.Performs);
        Assert.Equal(Answer.Taken, play.Ends(Reason.Busy, "call-1b"));
        Assert.Equal("call-1", play.Is(Waiting).V.Call!.Id);
        play.Connects("call-1");
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void An_answer_that_is_told_again_under_another_id_asks_nothing_again()
    {
        var play = Play.Answered();
        var before = play.V;
        Assert.Equal(Answer.Ignored, play.Connects());
        Assert.Same(before, play.V);
    }

    [Fact]
    public void Stray_calls_never_crowd_out_what_the_verification_has_to_do_itself()
    {
        var play = Play.Answered();
        for (var i = 0; i < 40; i++)
        {
            play.Connects($"stray-{i}", 3);
        }

        play.Press("#");
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeVerified)], play.Is(Verified).Performs);
        Assert.Contains(new HangUp("call-1"), play.V.Pending.Select(p => p.Effect));
        Assert.Contains(new SettleNumber(Play.Id, GiveBack: true), play.V.Pending.Select(p => p.Effect));
    }

    private static Play Rings(int attempt)
    {
        var play = new Play(How.Call);
        for (; play.V.Attempt < attempt; play.WakeInTime())
        {
            play.Ends(Reason.NoAnswer);
        }

        play.Done<PlaceCall>($"call-{attempt}");
        return play;
    }

    private static Play CallOfUnknownOutcome()
    {
        var play = new Play(How.Call);
        while (play.V.RetryAt is null)
        {
            play.WakeInTime();
        }

        return play.Is(Waiting, Reason.OutcomeUnknown);
    }
}
