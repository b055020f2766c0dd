using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

/// <summary>What a call does next, for a carrier that asks.</summary>
public class NextInTests
{
    private static Effect? Next(Play play)
    {
        var next = play.V.NextIn(play.V.Attempt, $"call-{play.V.Attempt}");
        Assert.Equal(next, play.V.NextIn(play.V.Attempt, $"call-{play.V.Attempt}"));
        return next;
    }

    [Fact]
    public void It_asks_what_was_asked_last_however_often_the_carrier_comes_for_it()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        play.Connects();
        Assert.Equal(new Ask(1, "call-1", 1, CallPrompt.Verify), Next(play));
        play.Done<Ask>();
        Assert.Equal(new Ask(1, "call-1", 1, CallPrompt.Verify), Next(play));
        play.Silence();
        Assert.Equal(new Ask(1, "call-1", 2, CallPrompt.VerifyAgain), Next(play));
        play.Press("0");
        Assert.Equal(new Ask(1, "call-1", 3, CallPrompt.FraudPound), Next(play));
        play.Press("#");
        Assert.Equal(new Ask(1, "call-1", 4, CallPrompt.FraudConfirm), Next(play));
        play.Press("1");
        Assert.Equal(new Say(1, "call-1", CallPrompt.GoodbyeFraud), Next(play.Is(FraudReported)));
    }

    [Theory, InlineData("#", CallPrompt.GoodbyeVerified), InlineData(null, CallPrompt.GoodbyeFailed)]
    public void Last_words_follow_the_end_and_nothing_follows_them(string? keys, CallPrompt words)
    {
        var play = Play.Answered();
        _ = keys is null ? play.Step(new CancelAsked()) : play.Press(keys);
        Assert.Equal(new Say(1, "call-1", words), Next(play));
        play.Done<Say>();
        Assert.Equal(new Say(1, "call-1", words), Next(play));
        play.Ends(Reason.HungUp);
        Assert.Equal(new HangUp("call-1"), Next(play));
    }

    [Fact]
    public void An_extension_is_dialled_part_by_part_after_its_pauses()
    {
        var play = new Play(How.Call, dial: "1w2");
        play.Done<PlaceCall>("call-1");
        play.Connects();
        for (var part = 1; part <= 2; part++)
        {
            Assert.Null(Next(play));
            Assert.Equal(new DialExtension(1, "call-1", part), Next(play.WakeInTime()));
            play.Done<DialExtension>();
            Assert.Equal(new DialExtension(1, "call-1", part), Next(play));
            play.Dialled();
        }

        Assert.Equal(new Ask(1, "call-1", 1, CallPrompt.Verify), Next(play));
    }

    [Fact]
    public void A_machine_gets_no_last_words()
    {
        var play = new Play(How.Call, dial: "12");
        play.Connects();
        play.Step(new CancelAsked());
        Assert.Equal(new HangUp("call-1"), Next(play));
    }

    [Fact]
    public void A_call_that_nobody_waits_for_is_hung_up()
    {
        var play = Play.Answered();
        Assert.Equal(new HangUp("call-1b"), play.V.NextIn(1, "call-1b"));
        Assert.Equal(new HangUp("call-1"), play.V.NextIn(2, "call-1"));
        Assert.Equal(new HangUp("call-9"), Play.Texted().V.NextIn(1, "call-9"));
    }

    [Fact]
    public void A_call_that_is_over_is_hung_up_and_one_that_is_not_known_to_be_answered_yet_waits()
    {
        var play = new Play(How.Call);
        Assert.Null(Next(play));
        play.Done<PlaceCall>("call-1");
        Assert.Null(Next(play));
        Assert.Equal(new HangUp("call-1b"), play.V.NextIn(1, "call-1b"));
        // Given up under its id.
        Assert.Equal(new HangUp("call-1"), Next(play.WakeInTime()));

        var ended = Play.Answered();
        ended.Ends(Reason.HungUp);
        Assert.Equal(new HangUp("call-1"), Next(ended));
    }
}
