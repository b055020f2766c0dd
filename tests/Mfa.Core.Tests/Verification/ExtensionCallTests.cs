using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class ExtensionCallTests
{
    private static Play Answered(string dial = "12", VerificationPolicy? policy = null)
    {
        var play = new Play(How.Call, policy, dial);
        play.Done<PlaceCall>("call-1");
        play.Wait(4).Connects();
        return play;
    }

    private static Play Dialling(string dial = "12", VerificationPolicy? policy = null) => Answered(dial, policy).WakeInTime();

    [Fact]
    public void Tones_follow_the_answer_after_a_pause_and_the_prompt_follows_the_tones()
    {
        var play = Answered();
        Assert.Empty(play.Performs);
        Assert.Equal(play.Now.AddSeconds(1), play.V.WakeAt());
        play.WakeInTime();
        Assert.Equal([new DialExtension(1, "call-1", 1)], play.Performs);
        play.Done<DialExtension>();
        Assert.Empty(play.Performs);
        Assert.Equal(Answer.Taken, play.Wait(1).Dialled());
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
        play.Done<Ask>();
        play.Wait(9).Press("#");
        play.Is(Verified);
        Assert.Equal([new Say(1, "call-1", CallPrompt.GoodbyeVerified)], play.Performs);
    }

    [Fact]
    public void Each_part_follows_the_one_before_it_and_its_own_pauses()
    {
        var play = Answered("ww1w204");
        Assert.Equal(play.Now.AddSeconds(2), play.V.WakeAt());
        play.WakeInTime().Done<DialExtension>();
        play.Dialled();
        Assert.Empty(play.Performs);
        Assert.Equal(play.Now.AddSeconds(1), play.V.WakeAt());
        play.WakeInTime();
        Assert.Equal([new DialExtension(1, "call-1", 2)], play.Performs);
        play.Dialled();
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
    }

    [Fact]
    public void A_text_and_a_number_without_one_dial_nothing()
    {
        Assert.Empty(new Play(How.Text, dial: "12").V.Pauses);
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        play.Connects();
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
    }

    [Fact]
    public void The_event_may_come_before_the_answer_of_who_sent_them()
    {
        var play = Dialling();
        var dial = play.Pending<DialExtension>();
        play.Dialled();
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
        Assert.Equal(Answer.Ignored, play.Step(new EffectDone(dial.Number, dial.Effect)));
    }

    [Fact]
    public void An_event_of_tones_that_nobody_sent_yet_of_another_part_or_told_again_changes_nothing()
    {
        var play = Answered("1w2");
        Assert.Equal(Answer.Ignored, play.Dialled());
        play.WakeInTime();
        Assert.Equal(Answer.Ignored, play.Dialled(part: 2));
        Assert.Equal(Answer.Ignored, play.Step(new ExtensionDialled(play.NextEvent(), 1, "call-other", 1)));
        Assert.Equal(Answer.Taken, play.Dialled());
        Assert.Equal(Answer.Ignored, play.Dialled(part: 1));
        play.WakeInTime().Dialled();
        Assert.Equal(Answer.Ignored, play.Dialled(part: 2));
        Assert.Equal(Answer.Ignored, play.Step(new ExtensionNotDialled(play.NextEvent(), 1, "call-1", 2)));
        Assert.Equal((1, 1), (play.V.Call!.Prompt, play.V.Call.Asked));
    }

    [Fact]
    public void Who_dials_answers_late_or_not_at_all_and_the_same_tones_are_tried_again()
    {
        var play = Dialling();
        var first = play.Pending<DialExtension>().RequestId(Play.Id);
        play.Unknown<DialExtension>();
        play.WakeInTime();
        Assert.Equal([new DialExtension(1, "call-1", 1)], play.Performs);
        Assert.Equal(first, play.Pending<DialExtension>().RequestId(Play.Id));
        play.WakeInTime();
        Assert.Equal((3, first), (play.Pending<DialExtension>().Tries, play.Pending<DialExtension>().RequestId(Play.Id)));
    }

    public static TheoryData<string> Failures => ["told", "refused", "silence"];

    [Theory, MemberData(nameof(Failures))]
    public void Tones_that_are_not_sent_end_the_attempt_and_the_next_call_dials_again(string failure)
    {
        var play = Dialling();
        Fail(play, failure);
        play.Is(Waiting, Reason.ExtensionFailed);
        Assert.Equal([new HangUp("call-1")], play.Performs);
        Assert.Equal(play.Now.AddSeconds(20), play.V.RetryAt);
        play.Done<HangUp>();
        play.Ends(null);
        play.Is(Waiting, Reason.ExtensionFailed).WakeInTime();
        Assert.Equal([new PlaceCall(2)], play.Performs);
        play.Done<PlaceCall>("call-2");
        play.Connects();
        play.WakeInTime();
        Assert.Equal([new DialExtension(2, "call-2", 1)], play.Performs);
    }

    [Theory, MemberData(nameof(Failures))]
    public void The_last_attempt_fails_with_its_reason(string failure)
    {
        var play = Dialling(policy: new() { Calls = 1 });
        Fail(play, failure);
        play.Is(Failed, Reason.ExtensionFailed);
        Assert.Equal([new HangUp("call-1")], play.Performs);
        play.Done<HangUp>();
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void Whoever_hangs_up_while_it_is_dialled_ends_it()
    {
        foreach (var play in new[] { Answered(), Dialling() })
        {
            play.Ends(null);
            play.Is(Failed, Reason.HungUp);
            Assert.True(play.V.IsOver);
        }
    }

    [Fact]
    public void Called_off_or_out_of_time_it_hangs_up_at_once_since_a_machine_needs_no_last_words()
    {
        var cancelled = Dialling();
        cancelled.Step(new CancelAsked());
        Assert.Equal([new HangUp("call-1")], cancelled.Is(Cancelled).Performs);
        Assert.Single(cancelled.V.Pending);
        var late = Dialling(policy: new() { Lifetime = TimeSpan.FromSeconds(7), CallNeeds = TimeSpan.FromSeconds(1), CallGrace = TimeSpan.FromSeconds(30) });
        Assert.Equal([new HangUp("call-1")], late.Wait(40).Wake().Is(Expired).Performs);
    }

    [Fact]
    public void No_key_counts_before_somebody_is_asked()
    {
        var play = Dialling();
        Assert.Equal(Answer.Ignored, play.Press("#"));
        Assert.Equal(Answer.Ignored, play.Silence());
        play.Is(Waiting);
    }

    private static void Fail(Play play, string failure)
    {
        switch (failure)
        {
            case "told":
                play.Done<DialExtension>();
                play.NotDialled();
                break;
            case "refused":
                play.Never<DialExtension>(Reason.Undeliverable);
                break;
            default:
                play.Done<DialExtension>();
                play.Wait(59).Wake().Is(Waiting);
                play.Wait(1).Wake();
                break;
        }
    }
}
