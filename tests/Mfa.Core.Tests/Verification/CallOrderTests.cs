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
