using Xunit;
using static Mfa.Core.VerificationState;

namespace Mfa.Core.Tests;

public class AppCodeTests
{
    [Fact]
    public void Nothing_is_sent_and_the_code_of_the_app_verifies()
    {
        var play = new Play(How.Code).Is(Waiting);
        Assert.Empty(play.Performs);
        Assert.Equal(Answer.Taken, play.Wait(7).Type(Play.AppCode(play.Now)));
        play.Is(Verified);
        Assert.Equal(Totp.StepAt(play.Now), play.V.AcceptedStep);
        Assert.True(play.V.IsOver);
    }

    [Theory, InlineData(-30), InlineData(30)]
    public void A_clock_that_is_a_step_off_does(int off)
    {
        var play = new Play(How.Code);
        Assert.Equal(Answer.Taken, play.Type(Play.AppCode(play.Now.AddSeconds(off))));
        Assert.Equal(Totp.StepAt(play.Now) + (off / 30), play.V.AcceptedStep);
    }

    [Fact]
    public void The_same_code_again_is_taken_again_though_its_step_is_used_by_now()
    {
        var play = new Play(How.Code);
        var code = Play.AppCode(play.Now);
        play.Type(code);
        var verified = play.V;
        Assert.Equal(Answer.Taken, play.Wait(300).Step(new CodeTyped(code, Play.Key, verified.AcceptedStep)));
        Assert.Same(verified, play.V);
        Assert.Equal(Answer.Over, play.Step(new CodeTyped(Play.AppCode(play.Now), Play.Key, verified.AcceptedStep)));
    }

    [Fact]
    public void A_step_that_was_accepted_before_is_wrong_and_the_next_is_right()
    {
        var play = new Play(How.Code);
        var step = Totp.StepAt(play.Now);
        Assert.Equal(Answer.WrongCode, play.Step(new CodeTyped(Play.AppCode(play.Now), Play.Key, step)));
        Assert.Equal(Answer.WrongCode, play.Step(new CodeTyped(Play.AppCode(play.Now.AddSeconds(-30)), Play.Key, step)));
        Assert.Equal(Answer.Taken, play.Wait(30).Step(new CodeTyped(Play.AppCode(play.Now), Play.Key, step)));
        Assert.Equal(step + 1, play.V.AcceptedStep);
    }

    [Fact]
    public void Five_wrong_codes_fail_it()
    {
        var play = new Play(How.Code);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Answer.WrongCode, play.Type("12345"));
        }

        play.Is(Failed, Reason.TooManyCodes);
        Assert.Equal(Answer.Over, play.Type(Play.AppCode(play.Now)));
        Assert.True(play.V.IsOver);
    }

    [Fact]
    public void There_is_nothing_to_send_again() => Assert.Equal(Answer.NotThisWay, new Play(How.Code).Step(new ResendAsked()));

    [Fact]
    public void It_ends_at_the_deadline_and_is_then_over()
    {
        var play = new Play(How.Code);
        Assert.Equal(play.V.Deadline, play.V.WakeAt());
        play.WakeInTime().Is(Expired);
        Assert.True(play.V.IsOver);
    }
}
