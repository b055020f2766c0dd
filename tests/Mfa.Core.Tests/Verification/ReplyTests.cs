using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class ReplyTests
{
    [Fact]
    public void A_reply_with_the_code_verifies_before_the_carrier_says_that_it_was_sent()
    {
        var play = new Play(How.Text);
        Assert.Equal(Answer.Taken, play.Wait(2).Replies(Play.Code(1)));
        play.Is(Verified);
        Assert.DoesNotContain(play.V.Pending, p => p.Effect is SendText);
        Assert.Equal(Answer.Taken, play.Type(Play.Code(1)));
    }

    [Fact]
    public void A_wrong_reply_counts_as_nobodys_failure()
    {
        var play = Play.Texted();
        var before = play.V;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Answer.Ignored, play.Replies(Play.WrongCode));
        }

        Assert.Same(before, play.V);
        Assert.Equal(Answer.Taken, play.Replies(Play.Code(1)));
    }

    [Fact]
    public void A_late_reply_changes_no_outcome()
    {
        var play = Play.Texted().Wait(TimeSpan.FromHours(3));
        Assert.Equal(Answer.Ignored, play.Replies(Play.Code(1)));
        play.Is(Expired);
        Assert.Equal(Answer.Ignored, play.Replies(Play.Code(1)));
        play.Is(Expired);
    }

    [Fact]
    public void A_doubled_reply_is_one()
    {
        var play = Play.Texted();
        play.Replies(Play.Code(1), "reply-1");
        var verified = play.V;
        Assert.Equal(Answer.Ignored, play.Replies(Play.Code(1), "reply-1"));
        Assert.Equal(Answer.Ignored, play.Replies(Play.Code(1), "reply-2"));
        Assert.Same(verified, play.V);
    }

    [Fact]
    public void The_last_sixty_four_events_are_remembered()
    {
        var play = Play.Texted();
        for (var i = 0; i < 70; i++)
        {
            play.Step(new TextReported($"report-{i}", 1, Delivered: true));
        }

        Assert.Equal(Enumerable.Range(6, 64).Select(i => $"report-{i}"), play.V.SeenEvents);
    }

    [Fact]
    public void A_report_may_be_faster_than_the_answer_to_the_text()
    {
        var play = new Play(How.Text);
        Assert.Equal(Answer.Taken, play.Step(new TextReported("r", 1, Delivered: true)));
        play.Is(Waiting);
        Assert.Equal(Answer.Ignored, play.Step(new EffectDone(1, new SendText(1))));
    }

    [Fact]
    public void A_text_that_was_not_delivered_fails_it_unless_a_newer_one_is_on_its_way()
    {
        var play = Play.Texted();
        Assert.Equal(Answer.Taken, play.Step(new TextReported("r", 1, Delivered: false)));
        play.Is(Failed, Reason.Undeliverable);

        var newer = Play.Texted();
        newer.Wait(30).Step(new ResendAsked());
        Assert.Equal(Answer.Ignored, newer.Step(new TextReported("r", 1, Delivered: false)));
        newer.Is(Delivering);
    }

    [Fact]
    public void A_second_text_that_was_not_delivered_leaves_the_first_to_verify()
    {
        var play = Resent();
        play.Done<SendText>();
        Assert.Equal(Answer.Taken, play.Step(new TextReported("r", 2, Delivered: false)));
        Assert.Equal(play.V.Deadline, play.Is(Waiting, Reason.Undeliverable).V.WakeAt());
        Assert.Equal(Answer.Taken, play.Type(Play.Code(1)));
        play.Is(Verified);
    }

    [Theory, InlineData(Reason.OptedOut), InlineData(Reason.Undeliverable)]
    public void A_second_text_that_is_refused_for_good_leaves_the_first_to_verify(Reason reason)
    {
        var play = Resent();
        Assert.Equal(Answer.Taken, play.Never<SendText>(reason));
        Assert.Empty(play.Is(Waiting, reason).V.Pending);
        Assert.Equal(Answer.Taken, play.Replies(Play.Code(1)));
        play.Is(Verified);
    }

    [Fact]
    public void After_a_second_text_that_is_refused_for_good_a_third_may_be_asked_for()
    {
        var play = Resent();
        play.Never<SendText>(Reason.Undeliverable);
        Assert.Equal(Answer.Taken, play.Wait(30).Step(new ResendAsked()));
        Assert.Equal([new SendText(3)], play.Is(Delivering).Performs);
    }

    [Fact]
    public void A_number_that_opted_out_fails_it_at_once()
    {
        var play = new Play(How.Text);
        play.Never<SendText>(Reason.OptedOut);
        play.Is(Failed, Reason.OptedOut);
    }

    private static Play Resent()
    {
        var play = Play.Texted().Wait(30);
        play.Step(new ResendAsked());
        return play;
    }
}
