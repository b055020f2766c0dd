using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class ClockProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void Any_life_ends_by_the_deadline_or_the_grace_of_its_call() => Life.Any.Sample(life =>
    {
        var play = life.Run((play, before, e, stepped) =>
        {
            // Whatever new comes at or after the deadline finds it final, or a call on the line.
            if (play.Now >= before.Deadline && !ReferenceEquals(before, stepped.Next) && !stepped.Next.IsFinal)
            {
                Assert.True(play.Now < Play.TimeIsUp(before));
            }

            if (e is (Woke or CodeTyped or ResendAsked or CancelAsked) && play.Now >= Play.TimeIsUp(before))
            {
                Assert.True(stepped.Next.IsFinal);
            }
        });
        Assert.True(play.V.IsOver);
    }, iter: Runs);

    [Fact]
    public void The_clock_sees_the_end_no_later_than_the_deadline_and_the_grace() => Life.Any.Sample(life => life.Run((_, _, _, stepped) =>
    {
        if (!stepped.Next.IsFinal)
        {
            Assert.True(stepped.Next.WakeAt() <= Play.TimeIsUp(stepped.Next));
        }
    }), iter: Runs);

    [Fact]
    public void The_clock_has_a_time_until_it_is_over() => Life.Any.Sample(life => life.Run((_, _, _, stepped) =>
        Assert.Equal(stepped.Next.IsOver, stepped.Next.WakeAt() is null)), iter: Runs);

    [Fact]
    public void A_look_in_time_gets_on_and_a_look_too_early_changes_nothing() => Life.Any.Sample(life => life.Run((_, _, _, stepped) =>
    {
        if (stepped.Next.WakeAt() is not { } at)
        {
            return;
        }

        var woken = Verification.Step(stepped.Next, new Woke(), at).Next;
        Assert.NotSame(stepped.Next, woken);
        Assert.True(woken.WakeAt() is not { } later || later > at);
        var early = Verification.Step(stepped.Next, new Woke(), at.AddTicks(-1));
        Assert.Same(stepped.Next, early.Next);
        Assert.Empty(early.Effects);
    }), iter: Runs);

    [Fact]
    public void Of_two_clocks_at_the_same_time_only_the_first_performs() => Life.Any.Sample(life => life.Run((play, _, e, stepped) =>
    {
        if (e is Woke)
        {
            var second = Verification.Step(stepped.Next, e, play.Now);
            Assert.Empty(second.Effects);
            Assert.Same(stepped.Next, second.Next);
        }
    }), iter: Runs);

    [Fact]
    public void A_call_that_can_still_verify_is_never_hung_up() => Life.Calls.Sample(life => life.Run((_, before, _, stepped) =>
    {
        if (!stepped.Next.IsFinal && before.Call is { Phase: CallPhase.Connected, Id: { } id } && stepped.Next.IsConnected)
        {
            Assert.DoesNotContain(stepped.Next.Pending, p => p.Number > before.LastEffect && p.Effect == new HangUp(id));
        }
    }), iter: Runs);

    [Fact]
    public void No_call_is_forgotten() => Life.Calls.Sample(life =>
    {
        var (known, ended) = (new HashSet<string>(), new HashSet<string>());
        var play = life.Run((_, before, e, _) =>
        {
            switch (Events.News(e) ?? e)
            {
                case EffectDone { Effect: PlaceCall, Receipt: { } id }: known.Add(id); break;
                case EffectDone { Over: true, Effect.Within: { } id }: ended.Add(id); break;
                case CallPlaced placed when !before.SeenEvents.Contains(placed.EventId): known.Add(placed.CallId); break;
                case CallConnected connected when !before.SeenEvents.Contains(connected.EventId): known.Add(connected.CallId); break;
                case CallEnded over: ended.Add(over.CallId); break;
            }
        });
        var hungUp = play.Tries.Select(t => t.Pending.Effect).OfType<HangUp>().Select(h => h.CallId);
        Assert.Empty(known.Except(ended).Except(hungUp));
    }, iter: Runs);
}
