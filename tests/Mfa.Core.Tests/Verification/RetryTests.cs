using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class RetryTests
{
    private static readonly TimeSpan s_repeatWithin = TimeSpan.FromMinutes(4);

    private static Guid[] RequestIds(Play play) => [.. play.Tries.Select(t => t.Pending.RequestId(Play.Id)).Distinct()];

    private static void PlayUntilGivenUp(Play play, Action report)
    {
        var number = play.V.Pending[0].Number;
        while (play.V.Pending.Any(p => p.Number == number))
        {
            if (play.Last.Effects.Length > 0)
            {
                report();
            }

            play.WakeInTime();
        }

        Assert.InRange(play.Elapsed, s_repeatWithin, s_repeatWithin + TimeSpan.FromSeconds(32));
        Assert.All(play.Tries.Where(t => t.Pending.Number == number), t => Assert.True(t.At - Play.Noon < s_repeatWithin));
    }

    [Fact]
    public void A_refused_text_is_tried_again_after_1_2_4_to_32_seconds()
    {
        var play = new Play(How.Text);
        foreach (var pause in new[] { 1, 2, 4, 8, 16, 32, 32 })
        {
            play.Refused<SendText>();
            Assert.Equal(play.Now.AddSeconds(pause), play.Is(Delivering, Reason.CarrierDown).V.WakeAt());
            Assert.Equal([new SendText(1)], play.WakeInTime().Performs);
        }

        Assert.Single(RequestIds(play));
        Assert.All(play.Tries, t => Assert.Equal(Play.Noon, t.Pending.FirstTriedAt));
        play.Done<SendText>();
        play.Is(Waiting);
    }

    [Fact]
    public void A_carrier_that_takes_no_text_for_four_minutes_is_down()
    {
        var play = new Play(How.Text);
        PlayUntilGivenUp(play, () => play.Refused<SendText>());
        play.Is(Failed, Reason.CarrierDown);
        Assert.Single(play.Tries.Where(t => t.Pending.Effect is SendText).Select(t => t.Pending.Number).Distinct());
    }

    [Fact]
    public void A_carrier_that_takes_no_call_for_four_minutes_is_down_and_the_next_call_is_a_new_request()
    {
        var play = new Play(How.Call);
        PlayUntilGivenUp(play, () => play.Refused<PlaceCall>());
        play.Is(Waiting, Reason.CarrierDown);
        Assert.Equal([new PlaceCall(2)], play.WakeInTime().Performs);
        Assert.Equal(2, RequestIds(play).Length);
    }

    [Fact]
    public void A_text_of_unknown_outcome_is_waited_for_and_its_code_verifies()
    {
        var play = new Play(How.Text);
        PlayUntilGivenUp(play, () => play.Unknown<SendText>());
        play.Is(Waiting, Reason.OutcomeUnknown);
        Assert.Equal(play.V.Deadline, play.V.WakeAt());
        Assert.Equal(Answer.Taken, play.Type(Play.Code(1)));
        play.Is(Verified);
    }

    [Fact]
    public void A_text_of_unknown_outcome_counts_as_a_send_and_the_next_is_a_new_request()
    {
        var play = new Play(How.Text);
        PlayUntilGivenUp(play, () => play.Unknown<SendText>());
        play.Step(new ResendAsked());
        Assert.Equal([new SendText(2)], play.Is(Delivering).Performs);
        Assert.Equal(2, RequestIds(play).Length);
    }

    [Fact]
    public void A_call_of_unknown_outcome_counts_as_an_attempt_and_the_next_is_a_new_request()
    {
        var play = new Play(How.Call);
        PlayUntilGivenUp(play, () => play.Unknown<PlaceCall>());
        play.Is(Waiting, Reason.OutcomeUnknown);
        Assert.Equal(play.Now.AddSeconds(20), play.V.RetryAt);
        Assert.Equal([new PlaceCall(2)], play.WakeInTime().Performs);
        Assert.Equal(2, RequestIds(play).Length);
    }

    [Fact]
    public void One_unknown_among_refusals_leaves_the_outcome_unknown()
    {
        var play = new Play(How.Text);
        PlayUntilGivenUp(play, () => _ = play.Tries.Count == 3 ? play.Unknown<SendText>() : play.Refused<SendText>());
        play.Is(Waiting, Reason.OutcomeUnknown);
    }

    [Fact]
    public void Nobody_who_reports_is_as_good_as_an_unknown_outcome()
    {
        var play = new Play(How.Text);
        PlayUntilGivenUp(play, () => { });
        play.Is(Waiting, Reason.OutcomeUnknown);
    }

    [Fact]
    public void The_first_text_may_still_verify_when_the_carrier_took_no_second()
    {
        var play = Play.Texted().Wait(30);
        play.Step(new ResendAsked());
        while (play.V.State == Delivering)
        {
            play.Refused<SendText>();
            play.WakeInTime();
        }

        Assert.Equal(Answer.Taken, play.Is(Waiting, Reason.CarrierDown).Type(Play.Code(1)));
    }

    [Fact]
    public void What_the_carrier_asks_for_is_waited_for()
    {
        var play = new Play(How.Text);
        play.Refused<SendText>(TimeSpan.FromSeconds(47));
        Assert.Equal(play.Now.AddSeconds(47), play.V.WakeAt());
        Assert.Empty(play.Wait(46.9).Wake().Performs);
        Assert.Equal([new SendText(1)], play.WakeInTime().Performs);
        play.Refused<SendText>(TimeSpan.FromMilliseconds(5));
        Assert.Equal(play.Now.AddSeconds(2), play.V.WakeAt());
    }

    [Fact]
    public void A_lease_that_ran_out_is_taken_again_as_the_same_request()
    {
        var play = new Play(How.Text);
        Assert.Empty(play.Wait(29.999).Wake().Performs);
        Assert.Equal([new SendText(1)], play.Wait(0.001).Wake().Performs);
        Assert.Single(RequestIds(play));
        Assert.Equal((2, Play.Noon), (play.V.Pending[0].Tries, play.V.Pending[0].FirstTriedAt));
        Assert.Equal(play.Now.AddSeconds(30), play.V.WakeAt());
    }

    [Fact]
    public void A_lease_inside_a_call_is_five_seconds()
    {
        var play = new Play(How.Call);
        play.Connects();
        Assert.Equal(play.Now.AddSeconds(5), play.V.WakeAt());
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.WakeInTime().Performs);
    }

    [Fact]
    public void Of_two_clocks_at_the_same_time_the_first_takes_the_lease()
    {
        var play = new Play(How.Text).Wait(30).Wake();
        Assert.Single(play.Performs);
        var first = play.V;
        Assert.Empty(play.Wake().Performs);
        Assert.Same(first, play.V);
    }

    [Fact]
    public void A_number_that_can_not_be_settled_is_let_go_after_a_day()
    {
        var play = Play.Texted();
        play.Type(Play.Code(1));
        var firstTry = play.Now;
        var looks = 0;
        for (; !play.V.IsOver; looks++)
        {
            play.WakeInTime();
        }

        Assert.Equal(firstTry.AddDays(1), play.Now);
        Assert.InRange(looks, 1, 2_900);
    }

    [Fact]
    public void What_the_one_before_it_left_to_do_goes_along_with_the_next_under_its_numbers()
    {
        var last = Play.Answered();
        last.Press("9");
        last.Step(new CancelAsked());
        var next = Verification.Start("account-enrollment-2", How.Text, Play.Key, new VerificationPolicy(), last.Now, last.V);
        Assert.Equal([new SendText(1)], next.Effects.Select(p => p.Effect));
        Assert.Equal(last.V.LastEffect + 1, next.Effects[0].Number);
        Assert.Equal(last.V.Pending, next.Next.Pending.RemoveAt(next.Next.Pending.Length - 1));
        var woken = Verification.Step(next.Next, new Woke(), last.Now.AddSeconds(6));
        Assert.Contains(new HangUp("call-1"), woken.Effects.Select(p => p.Effect));
    }

    [Theory]
    [InlineData(How.Text)]
    [InlineData(How.Call)]
    public void What_many_before_it_left_takes_no_room_from_its_own(How how)
    {
        // A number that wants no texts is contacted as fast as one can press.
        Verification? last = null;
        for (var contact = 1; contact <= 60; contact++)
        {
            last = Verification.Start($"account-enrollment-{contact}", How.Text, Play.Key, new VerificationPolicy(), Play.Noon, last).Next;
            last = Verification.Step(last, new EffectFailed(last.LastEffect, Reason.OptedOut, Transient: false, Refused: true), Play.Noon).Next;
            Assert.Equal((VerificationState.Failed, Reason.OptedOut), (last.State, last.Reason));
        }

        var next = Verification.Start("account-enrollment-61", how, Play.Key, new VerificationPolicy(), Play.Noon, last);
        var own = Assert.Single(next.Effects);
        Assert.Equal(how == How.Text ? new SendText(1) : new PlaceCall(1), own.Effect);
        Assert.Contains(own, next.Next.Pending);
        // The newest of what was left is still there to be done.
        Assert.Contains(next.Next.Pending, p => p.Effect == new SettleNumber("account-enrollment-60", GiveBack: false));
    }

    [Theory, InlineData(How.Text), InlineData(How.Call)]
    public void However_long_a_carrier_asks_to_wait_it_is_given_up_in_time(How how)
    {
        var play = new Play(how);
        _ = how == How.Text ? play.Refused<SendText>(TimeSpan.FromHours(1)) : play.Refused<PlaceCall>(TimeSpan.FromHours(1));
        play.WakeUntil(v => v.Pending.IsEmpty || v.IsFinal);
        Assert.Equal(Reason.CarrierDown, play.V.Reason);
        Assert.Equal(s_repeatWithin, play.Elapsed);
    }
}
