using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

/// <summary>A second carrier, which takes over from one that is down.</summary>
public partial class FallbackTests
{
    private static readonly VerificationPolicy s_two = new() { Carrier = "one", Fallback = "two" };

    private static readonly VerificationPolicy s_one = new() { Carrier = "only" };

    private static string? By(Play play) => Assert.Single(play.Last.Effects, p => p.Effect is SendText or PlaceCall).Carrier;

    private static Play Text(VerificationPolicy? policy = null) => new(How.Text, policy ?? s_two);

    private static Play Call() => new(How.Call, s_two);

    private static Play Again(Play play)
    {
        Assert.Equal(Answer.Taken, play.Wait(30).Step(new ResendAsked()));
        return play;
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_a_carrier_refuses_for_reasons_of_its_own_goes_by_the_other_at_once(bool transient)
    {
        foreach (var play in (Play[])[Text(), Call()])
        {
            Assert.Equal("one", By(play));
            var first = play.Last.Effects[0];
            _ = play.V.How == How.Text ? play.NotByThisOne<SendText>(transient, TimeSpan.FromMinutes(3)) : play.NotByThisOne<PlaceCall>(transient, TimeSpan.FromMinutes(3));
            var second = Assert.Single(play.Is(Delivering, Reason.CarrierDown).Last.Effects);
            Assert.Equal(("two", 2, false), (second.Carrier, second.Tries, second.MayBeDone));
            Assert.Equal((first.Number, first.Effect, first.FirstTriedAt), (second.Number, second.Effect, second.FirstTriedAt));
            Assert.Equal(play.Now.AddSeconds(30), play.V.WakeAt());
        }
    }

    [Fact]
    public void Without_another_it_is_tried_again_or_fails_as_ever()
    {
        var transient = Text(s_one);
        transient.NotByThisOne<SendText>();
        Assert.Empty(transient.Is(Delivering, Reason.CarrierDown).Performs);
        Assert.Equal("only", By(transient.WakeInTime()));
        var forGood = Text(s_one);
        forGood.NotByThisOne<SendText>(transient: false);
        forGood.Is(Failed, Reason.CarrierDown);
        var down = new Play(How.Call, s_one);
        down.Never<PlaceCall>(Reason.CarrierDown);
        Assert.Equal("only", By(down.WakeInTime()));
    }

    [Fact]
    public void What_is_the_numbers_fault_goes_by_no_other()
    {
        var text = Text();
        text.Never<SendText>(Reason.Undeliverable);
        text.Is(Failed, Reason.Undeliverable);
        var call = Call();
        call.Refused<PlaceCall>();
        Assert.Empty(call.Performs);
        Assert.Equal("one", By(call.WakeInTime()));
    }

    [Fact]
    public void What_may_have_been_done_goes_by_no_other()
    {
        var unknown = Text();
        unknown.Step(new EffectFailed(1, Reason.CarrierDown, Transient: true, Refused: false, Own: true));
        Assert.Empty(unknown.Performs);
        Assert.Equal("one", By(unknown.WakeInTime()));
        Assert.True(unknown.Last.Effects[0].MayBeDone);
        // The repeat was refused; what became of the first is not known.
        unknown.NotByThisOne<SendText>();
        Assert.Empty(unknown.Performs);
        Assert.Equal("one", By(unknown.WakeInTime()));

        var slow = Text().WakeInTime();
        slow.NotByThisOne<SendText>();
        Assert.Empty(slow.Performs);
    }

    [Fact]
    public void A_refusal_that_is_told_twice_is_one()
    {
        var play = Text();
        play.Refused<SendText>();
        play.Refused<SendText>();
        // Nobody tells of the second try.
        play.WakeInTime().WakeInTime();
        play.NotByThisOne<SendText>();
        Assert.Empty(play.Performs);
        Assert.Equal("one", By(play.WakeInTime()));
    }

    [Fact]
    public void It_goes_over_once_and_not_back()
    {
        var play = Text();
        play.NotByThisOne<SendText>();
        play.NotByThisOne<SendText>();
        Assert.Empty(play.Is(Delivering, Reason.CarrierDown).Performs);
        Assert.Equal("two", By(play.WakeInTime()));
        play.NotByThisOne<SendText>(transient: false);
        play.Is(Failed, Reason.CarrierDown);
    }

    [Fact]
    public void It_does_not_go_over_once_it_is_too_late_to_repeat_it()
    {
        var play = Text();
        play.Refused<SendText>(TimeSpan.FromSeconds(239));
        play.WakeInTime().Wait(2);
        play.NotByThisOne<SendText>();
        Assert.Empty(play.Performs);
        play.WakeInTime().Is(Failed, Reason.CarrierDown);
    }

    [Fact]
    public void No_call_goes_over_with_less_than_three_minutes_left()
    {
        var play = Call().Wait(TimeSpan.FromSeconds(400));
        play.Ends(Reason.Busy);
        Assert.Equal("one", By(play.WakeInTime()));
        play.Wait(0.001).NotByThisOne<PlaceCall>(transient: false);
        Assert.Empty(play.Is(Failed, Reason.CarrierDown).Performs);
    }

    [Fact]
    public void Nothing_goes_over_after_the_end()
    {
        var play = Text();
        play.Step(new CancelAsked());
        Assert.Equal(Answer.Ignored, play.Step(new EffectFailed(1, Reason.CarrierDown, Transient: true, Refused: true, Own: true)));
        Assert.Empty(play.Last.Effects);
    }

    [Fact]
    public void Who_has_taken_one_gets_the_next()
    {
        var text = Text();
        text.NotByThisOne<SendText>();
        text.Done<SendText>();
        Assert.Equal("two", By(Again(text.Is(Waiting))));
        text.NotByThisOne<SendText>();
        Assert.Equal("one", By(text));
        text.Done<SendText>();
        Assert.Equal("one", By(Again(text)));

        var call = Call();
        call.NotByThisOne<PlaceCall>();
        call.Done<PlaceCall>("call-1");
        call.Ends(Reason.Busy);
        Assert.Equal("two", By(call.WakeInTime()));
        call.NotByThisOne<PlaceCall>();
        // Taken, and nobody knows its id.
        call.Done<PlaceCall>();
        Assert.Equal("one", By(call.WakeUntil(v => v.Attempt == 3)));
    }

    [Fact]
    public void Who_has_taken_one_is_asked_what_became_of_it()
    {
        var text = Text();
        text.NotByThisOne<SendText>();
        text.Done<SendText>("text-1", lookAfter: 20);
        Assert.Equal("two", text.Pending<LookUp>().Carrier);
        text.WakeInTime().Finds(null);
        Assert.Equal("two", text.Pending<LookUp>().Carrier);

        var call = Call();
        call.NotByThisOne<PlaceCall>();
        var placing = call.Pending<PlaceCall>();
        call.IsPlaced();
        call.Step(new EffectDone(placing.Number, placing.Effect, "call-1") { LookAfter = TimeSpan.FromSeconds(20) });
        Assert.Equal("two", call.Pending<LookUp>().Carrier);
    }

    [Fact]
    public void Who_tells_of_one_before_the_answer_has_taken_it()
    {
        foreach (var news in new Func<Play, Answer>[] { p => p.IsTaken(), p => p.Arrives(), p => p.Wait(30).Step(new ResendAsked()) })
        {
            var text = Text();
            text.NotByThisOne<SendText>();
            Assert.Equal(Answer.Taken, news(text));
            Assert.Equal("two", text.V.Attempt == 2 ? By(text) : By(Again(text)));
        }

        foreach (var news in new Func<Play, Answer>[] { p => p.IsPlaced(), p => p.Connects(), p => p.Ends(Reason.Busy) })
        {
            var call = Call();
            call.NotByThisOne<PlaceCall>();
            Assert.Equal(Answer.Taken, news(call));
            Assert.Equal("two", call.V.Carrier);
        }
    }

    [Fact]
    public void After_one_that_was_down_or_left_it_unknown_the_next_goes_by_the_other()
    {
        var down = Call();
        down.Never<PlaceCall>(Reason.CarrierDown);
        Assert.Equal("two", By(down.WakeInTime()));
        down.Never<PlaceCall>(Reason.CarrierDown);
        Assert.Equal("one", By(down.WakeInTime()));

        var text = Text().WakeUntil(v => v.Reason == Reason.OutcomeUnknown);
        Assert.Equal("two", By(Again(text)));

        var busy = Call();
        busy.Never<PlaceCall>(Reason.Busy);
        Assert.Equal("one", By(busy.WakeInTime()));
    }

    [Fact]
    public void After_one_that_went_over_in_vain_the_next_goes_by_the_other_of_who_had_it_last()
    {
        var unknown = Call();
        unknown.NotByThisOne<PlaceCall>();
        Assert.Equal("one", By(unknown.WakeUntil(v => v.Attempt == 2)));
        var down = Call();
        down.NotByThisOne<PlaceCall>();
        down.NotByThisOne<PlaceCall>(transient: false);
        Assert.Equal("one", By(down.WakeInTime()));
        // The second said no for the number's sake: it is not down.
        var busy = Call();
        busy.NotByThisOne<PlaceCall>();
        busy.Never<PlaceCall>(Reason.Busy);
        Assert.Equal("two", By(busy.WakeInTime()));
    }

    [Fact]
    public void A_text_that_was_left_unknown_and_is_taken_after_all_leaves_the_next_where_it_was()
    {
        var play = Text().WakeUntil(v => v.Reason == Reason.OutcomeUnknown);
        play.IsTaken();
        Assert.Equal("one", By(Again(play)));
    }
}
