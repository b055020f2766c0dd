using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

/// <summary>What a carrier tells by itself of what it has taken, and of a call that is over.</summary>
public class CarrierTests
{
    private static void Nothing(Play play, Func<Answer> told)
    {
        var before = play.V;
        Assert.Equal(Answer.Ignored, told());
        Assert.Same(before, play.V);
        Assert.Empty(play.Last.Effects);
    }

    private static Play GivenUpAsUnknown(How how) => new Play(how).WakeUntil(v => v.Reason == Reason.OutcomeUnknown).Is(Waiting, Reason.OutcomeUnknown);

    [Fact]
    public void A_text_that_its_carrier_has_taken_is_not_sent_again()
    {
        var play = new Play(How.Text);
        play.Unknown<SendText>();
        Assert.Equal(Answer.Taken, play.IsTaken());
        Assert.Empty(play.Is(Waiting).V.Pending);
        Assert.Equal(play.V.Deadline, play.V.WakeAt());
    }

    [Fact]
    public void A_text_may_be_told_to_be_taken_before_or_after_the_answer_and_twice()
    {
        var before = new Play(How.Text);
        var sent = before.Pending<SendText>();
        Assert.Equal(Answer.Taken, before.IsTaken());
        Nothing(before, () => before.Step(new EffectDone(sent.Number, sent.Effect, "text-1")));
        Nothing(before, () => before.Step(new EffectFailed(sent.Number, Reason.CarrierDown, Transient: true, Refused: false)));
        Nothing(before, () => before.IsTaken());

        var after = Play.Texted();
        Nothing(after, () => after.IsTaken());
    }

    [Fact]
    public void Nothing_comes_of_a_text_of_another_send_of_an_ended_one_or_of_a_call()
    {
        var play = Play.Texted().Wait(30);
        play.Step(new ResendAsked());
        Nothing(play, () => play.IsTaken(send: 1));
        Nothing(play, () => play.IsTaken(send: 3));
        Assert.Equal(new SendText(2), play.Pending<SendText>().Effect);
        play.Type(Play.Code(2));
        Nothing(play, () => play.IsTaken(send: 2));
        var call = new Play(How.Call);
        Nothing(call, () => call.IsTaken());
    }

    [Fact]
    public void A_text_that_was_given_up_as_unknown_is_known_of_when_its_carrier_tells()
    {
        var play = GivenUpAsUnknown(How.Text);
        Assert.Equal(Answer.Taken, play.IsTaken());
        play.Is(Waiting);
        Nothing(play, () => play.IsTaken());
    }

    [Fact]
    public void A_call_that_its_carrier_has_taken_rings_under_its_id_and_is_not_placed_again()
    {
        var play = new Play(How.Call);
        play.Unknown<PlaceCall>();
        Assert.Equal(Answer.Taken, play.Wait(1).IsPlaced());
        Assert.Empty(play.Is(Waiting).V.Pending);
        Assert.Equal("call-1", play.V.Call!.Id);
        Assert.Equal(play.Now.AddSeconds(150), play.V.WakeAt());
        play.Connects();
        play.Press("#");
        play.Is(Verified);
    }

    [Fact]
    public void A_call_may_be_told_to_be_placed_before_or_after_the_answer_when_it_is_answered_and_over_and_twice()
    {
        var before = new Play(How.Call);
        var placing = before.Pending<PlaceCall>();
        Assert.Equal(Answer.Taken, before.IsPlaced());
        Nothing(before, () => before.Step(new EffectDone(placing.Number, placing.Effect, "call-1")));
        Nothing(before, () => before.Step(new EffectFailed(placing.Number, Reason.CarrierDown, Transient: false, Refused: false)));
        Nothing(before, () => before.IsPlaced());

        var after = new Play(How.Call);
        after.Done<PlaceCall>("call-1");
        Nothing(after, () => after.IsPlaced());
        after.Connects();
        Nothing(after, () => after.IsPlaced());
        after.Ends(Reason.HungUp);
        Nothing(after, () => after.IsPlaced());
        var text = Play.Texted();
        Nothing(text, () => text.IsPlaced());
    }

    [Fact]
    public void A_call_that_was_given_up_as_unknown_and_is_placed_after_all_is_waited_for()
    {
        var play = GivenUpAsUnknown(How.Call);
        Assert.Equal(Answer.Taken, play.IsPlaced());
        Assert.Null(play.Is(Waiting).V.RetryAt);
        Assert.Equal([new HangUp("call-1")], play.WakeInTime().Performs);
    }

    [Fact]
    public void A_call_of_an_older_attempt_or_of_an_ended_verification_is_hung_up_as_soon_as_it_is_told_of()
    {
        var older = new Play(How.Call);
        older.Never<PlaceCall>(Reason.Busy);
        older.WakeInTime();
        Assert.Equal(Answer.Taken, older.IsPlaced("call-1", 1));
        Assert.Equal([new HangUp("call-1")], older.Is(Delivering, Reason.Busy).Performs);
        Assert.Equal(new PlaceCall(2), older.Pending<PlaceCall>().Effect);
        Nothing(older, () => older.IsPlaced("call-1", 1));

        var ended = new Play(How.Call);
        ended.Step(new CancelAsked());
        Assert.Equal(Answer.Taken, ended.IsPlaced());
        Assert.Equal([new HangUp("call-1")], ended.Is(Cancelled).Performs);
    }

    [Fact]
    public void Of_two_calls_of_one_attempt_the_second_is_hung_up_when_it_is_told_of()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        Assert.Equal(Answer.Taken, play.IsPlaced("call-1b"));
        Assert.Equal([new HangUp("call-1b")], play.Is(Waiting).Performs);
        Assert.Equal("call-1", play.V.Call!.Id);
    }

    [Fact]
    public void A_call_that_is_over_when_a_key_is_asked_for_has_ended_and_a_key_may_still_be_told_of()
    {
        var late = AskedAgain();
        Assert.Equal(Answer.Taken, late.Over<Ask>());
        Assert.Equal((CallPhase.Ended, "call-1"), (late.Is(Waiting).V.Call!.Phase, late.V.Call!.Id));
        Assert.Equal(late.Now.AddSeconds(3), late.V.WakeAt());
        late.Press("#");
        late.Is(Verified);
        Assert.Empty(late.Performs);

        var silent = AskedAgain();
        silent.Over<Ask>();
        Nothing(silent, () => silent.Ends(Reason.HungUp));
        silent.WakeInTime().Is(Failed, Reason.WrongKey);
        Assert.True(silent.V.IsOver);
    }

    [Fact]
    public void A_call_that_is_over_when_its_extension_is_dialled_has_failed()
    {
        var play = new Play(How.Call, dial: "12");
        play.Done<PlaceCall>("call-1");
        play.Connects();
        Assert.Equal(Answer.Taken, play.WakeInTime().Over<DialExtension>());
        play.Is(Failed, Reason.HungUp);
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void A_call_that_is_over_at_its_last_words_is_not_hung_up()
    {
        var play = Play.Answered();
        play.Press("#");
        Assert.Equal(Answer.Taken, play.Over<Say>());
        Assert.Equal([new SettleNumber(Play.Id, GiveBack: true)], play.Is(Verified).V.Pending.Select(p => p.Effect));
    }

    [Fact]
    public void A_call_that_nobody_waits_for_ends_no_other_when_it_is_over()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        play.WakeInTime();
        var hangUp = play.Pending<HangUp>();
        play.WakeUntil(v => v.Attempt == 2);
        // Neither one of which the id is not known yet, nor one that rings or is answered.
        var unknown = Verification.Step(play.V, new EffectDone(hangUp.Number, hangUp.Effect) { Over = true }, play.Now).Next;
        Assert.Equal(play.V.Call, unknown.Call);
        play.Done<PlaceCall>("call-2");
        play.Connects();
        var before = play.V;
        play.Over<HangUp>();
        Assert.Equal((before.State, before.Call), (play.V.State, play.V.Call));
        Assert.DoesNotContain(play.V.Pending, p => p.Effect is HangUp);
    }

    private static Play AskedAgain()
    {
        var play = Play.Answered();
        play.Press("5");
        return play;
    }
}
