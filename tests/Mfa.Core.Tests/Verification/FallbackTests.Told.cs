using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

/// <summary>What is told late: of a text that was taken, and twice of a refusal.</summary>
public partial class FallbackTests
{
    [Fact]
    public void A_text_that_its_carrier_lost_fails_nothing_and_the_next_goes_by_the_other()
    {
        var play = Text();
        play.Done<SendText>();
        Assert.Equal(Answer.Taken, play.Step(new TextReported("lost-1", 1, Delivered: false, Own: true)));
        Assert.Empty(play.Is(Waiting, Reason.CarrierDown).Performs);
        Assert.Equal("two", By(Again(play)));
        play.Done<SendText>();
        play.Step(new TextReported("lost-2", 2, Delivered: false, Own: true));
        play.Is(Waiting, Reason.Undeliverable);
        play.Replies(Play.Code(1));
        play.Is(Verified);
    }

    [Fact]
    public void Without_another_or_another_text_it_is_not_delivered()
    {
        var alone = Text(s_one);
        var last = Text(s_two with { Sends = 1 });
        foreach (var play in (Play[])[alone, last])
        {
            play.Done<SendText>();
            play.Step(new TextReported("lost-1", 1, Delivered: false, Own: true));
            play.Is(Failed, Reason.Undeliverable);
        }
    }

    [Fact]
    public void A_refusal_that_is_told_again_after_it_went_over_is_not_the_others()
    {
        foreach (var play in (Play[])[Text(), Call()])
        {
            var first = play.Last.Effects[0];
            var refused = new EffectFailed(first.Number, Reason.Undeliverable, Transient: false, Refused: true, Own: true) { Carrier = "one" };
            Assert.Equal(Answer.Taken, play.Step(refused));
            var over = play.V;
            Assert.Equal(Answer.Ignored, play.Step(refused));
            Assert.Same(over, play.V);
            Assert.Equal(Answer.Taken, play.Step(refused with { Carrier = "two" }));
            Assert.Equal(Reason.Undeliverable, play.V.Reason);
        }
    }
}
