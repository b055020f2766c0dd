using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class CallTests
{
    private static Play Rings(Play? play = null)
    {
        play ??= new Play(How.Call);
        play.Done<PlaceCall>($"call-{play.V.Attempt}");
        return play;
    }

    [Fact]
    public void A_call_is_placed_answered_and_verified_by_a_pound()
    {
        var play = new Play(How.Call).Is(Delivering);
        Assert.Equal([new PlaceCall(1)], play.Performs);
        Rings(play.Wait(2)).Is(Waiting);
        Assert.Equal(Answer.Taken, play.Wait(8).Connects());
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
        Assert.Equal(Answer.Taken, play.Wait(5).Press("#"));
        play.Is(Verified);
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeVerified)], play.Performs);
    }

    [Theory, InlineData(Reason.NoAnswer), InlineData(Reason.Busy), InlineData(Reason.Declined)]
    public void A_call_that_is_not_answered_is_placed_again_after_twenty_seconds_and_three_times_in_all(Reason reason)
    {
        var play = new Play(How.Call);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal([new PlaceCall(attempt)], play.Performs);
            Rings(play);
            play.Wait(30).Ends(reason);
            if (attempt < 3)
            {
                play.Is(Waiting, reason);
                Assert.Equal(play.Now.AddSeconds(20), play.V.RetryAt);
                Assert.Equal(play.Now.AddSeconds(20), play.V.WakeAt());
                play.WakeInTime().Is(Delivering, reason);
            }
        }

        play.Is(Failed, reason);
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void A_number_that_can_not_be_reached_is_not_called_again()
    {
        var refused = new Play(How.Call);
        refused.Never<PlaceCall>(Reason.Undeliverable);
        refused.Is(Failed, Reason.Undeliverable);
        var told = Rings();
        told.Ends(Reason.Undeliverable);
        told.Is(Failed, Reason.Undeliverable);
        Assert.True(refused.V.IsOver && told.V.IsOver);
    }

    [Fact]
    public void The_user_may_ask_for_the_next_call_at_once_but_not_for_one_beside_it()
    {
        var play = Rings();
        Assert.Equal(Answer.TooSoon, play.Step(new ResendAsked()));
        play.Ends(Reason.Busy);
        Assert.Equal(Answer.Taken, play.Wait(3).Step(new ResendAsked()));
        Assert.Equal([new PlaceCall(2)], play.Performs);
        Assert.Equal(Answer.TooSoon, play.Step(new ResendAsked()));
        Assert.Null(play.V.RetryAt);
    }

    [Fact]
    public void A_call_that_nothing_is_heard_of_counts_as_not_answered_and_is_hung_up()
    {
        var play = Rings();
        Assert.Equal(play.Now.AddSeconds(150), play.V.WakeAt());
        play.WakeInTime().Is(Waiting, Reason.NoAnswer);
        Assert.Equal([new HangUp("call-1")], play.Performs);
        Assert.Equal(play.Now.AddSeconds(20), play.V.RetryAt);
    }

    [Fact]
    public void There_is_no_code_in_a_call()
    {
        var play = Rings();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(Answer.NotThisWay, play.Type(Play.Code(1)));
        }

        Assert.Equal(Answer.Ignored, play.Replies(Play.Code(1)));
        play.Is(Waiting);
    }

    [Fact]
    public void No_call_is_placed_with_less_than_three_minutes_left()
    {
        // Busy at 6:40 leaves just three minutes for the next; a moment later doesn't.
        var play = Rings().Wait(TimeSpan.FromSeconds(400));
        play.Ends(Reason.Busy);
        Assert.Equal([new PlaceCall(2)], play.WakeInTime().Performs);

        var late = Rings().Wait(TimeSpan.FromSeconds(400.001));
        late.Ends(Reason.Busy);
        late.Is(Failed, Reason.Busy);
    }

    [Fact]
    public void A_clock_that_looks_late_and_a_user_who_asks_late_place_no_call_either()
    {
        var play = Rings().Wait(TimeSpan.FromSeconds(400));
        play.Ends(Reason.Busy);
        play.Wait(21).Wake().Is(Failed, Reason.Busy);
        Assert.Empty(play.Performs);

        var asked = Rings().Wait(TimeSpan.FromSeconds(400));
        asked.Ends(Reason.Busy);
        Assert.Equal(Answer.Over, asked.Wait(21).Step(new ResendAsked()));
        asked.Is(Failed, Reason.Busy);
        Assert.Empty(asked.Performs);
    }

    [Fact]
    public void A_repeat_of_a_call_is_not_placed_with_less_than_three_minutes_left()
    {
        var play = Rings().Wait(TimeSpan.FromSeconds(400));
        play.Ends(Reason.Declined);
        play.WakeInTime();
        play.Refused<PlaceCall>();
        play.WakeInTime().Is(Failed, Reason.CarrierDown);
        Assert.Empty(play.Performs);
    }

    [Fact]
    public void A_call_that_is_connected_at_the_deadline_gets_sixty_seconds()
    {
        var play = Rings().WaitUntil(Play.Noon.AddMinutes(10).AddTicks(-1));
        play.Connects();
        play.Done<Ask>();
        Assert.Equal(Answer.Taken, play.Wait(59.9).Press("0"));
        play.Done<Ask>();
        Assert.Equal(play.V.Deadline.AddSeconds(60), play.V.WakeAt());
        play.WakeInTime().Is(Expired);
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeFailed)], play.Performs);

        var proved = Rings().WaitUntil(Play.Noon.AddMinutes(10).AddTicks(-1));
        proved.Connects();
        Assert.Equal(Answer.Taken, proved.Wait(59.9).Press("#"));
        proved.Is(Verified);
    }

    [Fact]
    public void A_call_that_rings_at_the_deadline_is_hung_up()
    {
        var play = Rings().Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(Answer.Taken, play.Connects());
        play.Is(Expired);
        Assert.Equal([new HangUp("call-1")], play.Performs);
    }

    [Fact]
    public void The_last_words_are_followed_by_hanging_up_when_they_were_said()
    {
        var play = Play.Answered();
        play.Press("#");
        Assert.Equal(Answer.Taken, play.Wait(3).Step(new LastWordsSaid("said", 1, "call-1")));
        Assert.Equal([new HangUp("call-1")], play.Performs);
        // They were said: nobody says them again because their report is missing.
        Assert.DoesNotContain(play.V.Pending, p => p.Effect is Say);
        play.Done<HangUp>();
        play.Done<SettleNumber>();
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void The_last_words_are_followed_by_hanging_up_when_nobody_tells_that_they_were_said()
    {
        var play = Play.Answered();
        play.Press("#");
        play.Done<Say>();
        var verifiedAt = play.Now;
        play.Done<SettleNumber>();
        Assert.Equal(verifiedAt.AddSeconds(6), play.V.WakeAt());
        Assert.Equal([new HangUp("call-1")], play.WakeInTime().Performs);
        Assert.Equal(Answer.Ignored, play.Step(new LastWordsSaid("said", 1, "call-1")));
        play.Ends(Reason.HungUp);
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void A_person_who_hangs_up_during_the_last_words_leaves_nothing_to_say()
    {
        var play = Play.Answered();
        play.Press("#");
        Assert.Equal(Answer.Taken, play.Ends(Reason.HungUp));
        play.Is(Verified);
        Assert.Equal([new SettleNumber(Play.Id, GiveBack: true)], play.V.Pending.Select(p => p.Effect));
    }

    [Fact]
    public void A_call_that_is_called_off_is_hung_up()
    {
        var ringing = Rings();
        ringing.Step(new CancelAsked());
        Assert.Equal([new HangUp("call-1")], ringing.Is(Cancelled).Performs);
        var answered = Play.Answered();
        answered.Step(new CancelAsked());
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeFailed)], answered.Is(Cancelled).Performs);
        Assert.Contains(answered.V.Pending, p => p.Effect is HangUp);
    }

    [Fact]
    public void A_call_that_was_called_off_while_it_was_placed_is_hung_up_as_soon_as_it_is_known()
    {
        var play = new Play(How.Call);
        var placing = play.V.Pending[0];
        play.Step(new CancelAsked());
        Assert.Empty(play.V.Pending);
        Assert.Equal(Answer.Taken, play.Wait(5).Step(new EffectDone(placing.Number, placing.Effect, "call-1")));
        Assert.Equal([new HangUp("call-1")], play.Is(Cancelled).Performs);

        var unknown = new Play(How.Call);
        unknown.Step(new CancelAsked());
        Assert.Equal(Answer.Taken, unknown.Wait(9).Connects());
        Assert.Equal([new HangUp("call-1")], unknown.Is(Cancelled).Performs);
    }

    [Fact]
    public void A_call_that_ends_after_its_last_words_by_itself_is_hung_up_only_where_it_does_not()
    {
        var play = Play.Answered();
        play.Press("#");
        var hangUp = play.Pending<HangUp>();
        Assert.Equal(play.Now + play.V.Policy.GoodbyeTakes, hangUp.DueAt);
        var say = play.Pending<Say>();
        play.Step(new EffectDone(say.Number, say.Effect) { EndsCall = true });
        Assert.Equal(hangUp with { DueAt = play.Now + play.V.Policy.ListensAtMost }, play.Pending<HangUp>());

        play.Ends(null);
        Assert.DoesNotContain(play.V.Pending, p => p.Effect is HangUp);
    }
}
