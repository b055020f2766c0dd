using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

/// <summary>Asking a carrier for news that it may have posted in vain.</summary>
public class LookUpTests
{
    private static Play Sent(double after = 20)
    {
        var play = new Play(How.Text);
        play.Done<SendText>("text-1", after);
        return play;
    }

    private static Play Rings(double after = 20)
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1", after);
        return play;
    }

    private static LookUp Look(string receipt, double after, int attempt = 1) => new(attempt, receipt, TimeSpan.FromSeconds(after));

    private static void NoLook(Play play) => Assert.DoesNotContain(play.V.Pending, p => p.Effect is LookUp);

    [Fact]
    public void A_text_that_nothing_is_heard_of_is_looked_up()
    {
        var play = Sent().Is(Waiting);
        Assert.Empty(play.Performs);
        Assert.False(play.V.WaitsForDeadline);
        Assert.Equal(play.Now.AddSeconds(20), play.V.ClockAt());
        Assert.Equal([Look("text-1", 20)], play.WakeInTime().Performs);
        Assert.Equal(play.Now.AddSeconds(30), play.V.WakeAt());
    }

    [Fact]
    public void A_call_that_nothing_is_heard_of_is_looked_up() => Assert.Equal([Look("call-1", 20)], Rings().WakeInTime().Performs);

    [Fact]
    public void Nothing_is_looked_up_where_the_news_always_comes_or_without_a_receipt()
    {
        NoLook(Play.Texted());
        var text = new Play(How.Text);
        text.Done<SendText>(lookAfter: 20);
        NoLook(text.Is(Waiting));
        var call = new Play(How.Call);
        call.Done<PlaceCall>(lookAfter: 20);
        NoLook(call);
    }

    [Fact]
    public void What_is_not_decided_yet_is_looked_up_again_after_twice_the_time()
    {
        foreach (var play in new[] { Sent(), Rings() })
        {
            var receipt = ((LookUp)play.Pending<LookUp>().Effect).Receipt;
            for (var after = 20; after < 80; after *= 2)
            {
                Assert.Equal([Look(receipt, after)], play.WakeInTime().Performs);
                Assert.Equal(Answer.Taken, play.Finds(null));
                Assert.Equal(play.Now.AddSeconds(after * 2), play.V.WakeAt());
                Assert.Equal(Look(receipt, after * 2), play.Pending<LookUp>().Effect);
            }
        }
    }

    [Fact]
    public void What_is_found_counts_as_the_carriers_own_news_and_once()
    {
        var play = Sent().WakeInTime();
        var found = new TextReported("report-1", 1, Delivered: false);
        Assert.Equal(Answer.Taken, play.Finds(found));
        play.Is(Failed, Reason.Undeliverable);
        Assert.Equal([new SettleNumber(Play.Id, GiveBack: false)], play.KeepsHouse);
        Assert.Equal(Answer.Ignored, play.Step(found));

        var delivered = Sent().WakeInTime();
        var arrived = new TextReported("report-2", 1, Delivered: true);
        delivered.Finds(arrived);
        var known = delivered.Is(Waiting).V;
        Assert.Equal(Answer.Ignored, delivered.Step(arrived));
        Assert.Same(known, delivered.V);

        var told = Rings();
        var ended = new CallEnded("ended-1", 1, "call-1", Reason.Busy);
        var look = told.WakeInTime().Pending<LookUp>();
        Assert.Equal(Answer.Taken, told.Finds(ended));
        NoLook(told.Is(Waiting, Reason.Busy));
        var once = told.V;
        Assert.Equal(Answer.Ignored, told.Step(ended));
        Assert.Equal(Answer.Ignored, told.Step(new EffectDone(look.Number, look.Effect) { Found = ended }));
        Assert.Same(once, told.V);
        Assert.Equal([new PlaceCall(2)], told.WakeInTime().Performs);
    }

    [Fact]
    public void What_is_found_is_performed_at_once()
    {
        var play = Rings().WakeInTime();
        Assert.Equal(Answer.Taken, play.Finds(new CallConnected("connected-1", 1, "call-1")));
        Assert.Equal([new Ask(1, "call-1", 1, CallPrompt.Verify)], play.Performs);
        NoLook(play);
    }

    [Fact]
    public void What_was_told_before_it_was_found_changes_nothing_and_is_not_looked_up_again()
    {
        var play = Sent();
        var seen = new TextReported("report-1", 2, Delivered: true);
        play.WakeInTime();
        Assert.Equal(Answer.Taken, play.Finds(seen));
        NoLook(play.Is(Waiting));
        Assert.Equal(play.V.Deadline, play.V.WakeAt());
    }

    [Fact]
    public void A_final_report_an_answer_an_end_and_the_next_attempt_leave_nothing_to_look_up()
    {
        var reported = Sent();
        Assert.Equal(Answer.Taken, reported.Arrives());
        NoLook(reported.Is(Waiting));
        var replied = Sent();
        replied.Replies(Play.Code(1));
        NoLook(replied.Is(Verified));
        var cancelled = Sent();
        cancelled.Step(new CancelAsked());
        NoLook(cancelled);
        var again = Sent(100).Wait(30);
        again.Step(new ResendAsked());
        NoLook(again.Is(Delivering));

        var answered = Rings();
        answered.Connects();
        NoLook(answered);
        var ended = Rings();
        ended.Ends(Reason.NoAnswer);
        NoLook(ended);
        var givenUp = Rings(1_000).WakeUntil(v => v.Attempt == 2);
        NoLook(givenUp);
    }

    [Fact]
    public void A_text_that_is_on_its_way_is_looked_up_all_the_same()
    {
        var play = Sent();
        Assert.Equal(Answer.Ignored, play.IsTaken());
        Assert.Equal([Look("text-1", 20)], play.WakeInTime().Performs);
    }

    [Fact]
    public void A_text_whose_answer_is_lost_or_late_is_looked_up_once_it_is_known_to_be_taken()
    {
        var play = new Play(How.Text);
        var sending = play.Pending<SendText>();
        play.Unknown<SendText>();
        var taken = new TextTaken("taken-1", 1, "text-1", TimeSpan.FromSeconds(20));
        Assert.Equal(Answer.Taken, play.Step(taken));
        Assert.Equal(Answer.Ignored, play.Is(Waiting).Wait(1).Step(taken with { EventId = "taken-2" }));
        play.Step(new EffectDone(sending.Number, sending.Effect, "text-1") { LookAfter = TimeSpan.FromSeconds(20) });
        Assert.Equal(play.Now.AddSeconds(19), play.Pending<LookUp>().DueAt);
        Assert.Equal([Look("text-1", 20)], play.WakeInTime().Performs);
    }

    [Fact]
    public void A_call_that_was_told_of_before_the_answer_is_looked_up_and_not_twice()
    {
        var play = new Play(How.Call);
        var done = new EffectDone(play.Pending<PlaceCall>().Number, new PlaceCall(1), "call-1") { LookAfter = TimeSpan.FromSeconds(20) };
        play.IsPlaced();
        Assert.Equal(Answer.Taken, play.Step(done));
        Assert.Equal(Answer.Ignored, play.Wait(1).Step(done));
        Assert.Equal(play.Now.AddSeconds(19), play.Pending<LookUp>().DueAt);
    }

    [Fact]
    public void A_call_that_was_answered_or_over_before_the_answer_is_not_looked_up()
    {
        foreach (var news in new Func<Play, Answer>[] { p => p.Connects(), p => p.Ends(Reason.Busy), p => p.Step(new CancelAsked()) })
        {
            var play = new Play(How.Call);
            var placing = play.Pending<PlaceCall>();
            news(play);
            play.Step(new EffectDone(placing.Number, placing.Effect, "call-1") { LookAfter = TimeSpan.FromSeconds(20) });
            NoLook(play);
        }
    }

    [Fact]
    public void What_a_look_of_an_older_text_finds_starts_no_look_and_moves_nothing()
    {
        var play = Sent().WakeInTime();
        var look = play.Pending<LookUp>();
        play.Wait(30).Step(new ResendAsked());
        play.Done<SendText>("text-2", 20);
        var before = play.V;
        Assert.Equal(Answer.Ignored, play.Step(new EffectDone(look.Number, look.Effect)));
        Assert.Same(before, play.V);
        Assert.Equal(Look("text-2", 20, attempt: 2), play.Pending<LookUp>().Effect);
    }

    [Fact]
    public void A_look_that_fails_is_tried_again_and_says_nothing_of_the_text()
    {
        var play = Sent().WakeInTime();
        play.Refused<LookUp>();
        Assert.Equal([Look("text-1", 20)], play.Is(Waiting).WakeInTime().Performs);
        play.Unknown<LookUp>();
        play.WakeUntil(v => v.Pending.IsEmpty);
        play.Is(Waiting);
        Assert.True(play.Elapsed < TimeSpan.FromMinutes(5));
    }
}
