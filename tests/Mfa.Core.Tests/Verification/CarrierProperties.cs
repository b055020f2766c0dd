using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class CarrierProperties
{
    private const int Runs = 6_000;

    [Fact]
    public void An_effect_goes_over_once_and_only_when_every_try_before_was_refused() => Life.Any.Sample(life =>
    {
        var tries = new Dictionary<int, List<PendingEffect>>();
        var refused = new Dictionary<int, int>();
        life.Run((_, before, e, stepped) =>
        {
            if (tries.Count == 0)
            {
                // The very first was told at the start.
                tries = before.Pending.ToDictionary(p => p.Number, p => new List<PendingEffect> { p });
            }

            if (e is EffectFailed { Refused: true } failed && before.Pending.Any(p => p.Number == failed.Number))
            {
                // Told twice of one try, it is one.
                refused[failed.Number] = Math.Min(tries[failed.Number].Count, refused.GetValueOrDefault(failed.Number) + 1);
            }

            foreach (var next in stepped.Effects)
            {
                var all = tries.TryGetValue(next.Number, out var known) ? known : tries[next.Number] = [];
                if (all.Count > 0 && all[^1].Carrier != next.Carrier)
                {
                    Assert.True(life.Two && all.All(t => t.Carrier == all[0].Carrier), $"{next}");
                    Assert.Equal(all.Count, refused.GetValueOrDefault(next.Number));
                    Assert.True(e is EffectFailed { Own: true } own && own.Number == next.Number);
                    Assert.False(next.MayBeDone);
                }

                all.Add(next);
                Assert.Equal(next.Tries - 1 > refused.GetValueOrDefault(next.Number), next.MayBeDone);
                Assert.Equal(next.Effect is SendText or PlaceCall or LookUp, next.Carrier is not null);
            }
        });
    }, iter: Runs);

    [Fact]
    public void The_next_goes_by_who_had_the_last_or_by_the_other_where_that_was_down_or_left_it_unknown() => Life.Any.Sample(life =>
    {
        PendingEffect? last = null;
        life.Run((_, before, _, stepped) =>
        {
            last ??= before.Pending.FirstOrDefault(p => p.Effect is SendText or PlaceCall);
            foreach (var next in stepped.Effects.Where(p => p.Effect is SendText or PlaceCall))
            {
                if (next.Tries == 1)
                {
                    var wentOver = before.Pending.Any(p => p.Number == last!.Number && p.Carrier != before.Carrier);
                    var inVain = life.Two && !wentOver && before.Reason is Reason.CarrierDown or Reason.OutcomeUnknown;
                    Assert.Equal(inVain ? last!.Carrier == "one" ? "two" : "one" : last!.Carrier, next.Carrier);
                }

                last = next;
            }
        });
    }, iter: Runs);

    [Fact]
    public void One_look_at_a_time_at_what_is_still_open_and_each_after_twice_the_time() => Life.Any.Sample(life =>
    {
        var (planned, looks) = (new Dictionary<int, DateTimeOffset>(), new Dictionary<int, LookUp>());
        life.Run((play, before, e, stepped) =>
        {
            var next = stepped.Next;
            if (next.Pending.Where(p => p.Effect is LookUp).ToArray() is not [var one, .. var others])
            {
                return;
            }

            var look = (LookUp)one.Effect;
            Assert.Empty(others);
            Assert.Equal((false, next.Attempt), (next.IsFinal, look.Attempt));
            Assert.Equal(play.Tries.FindLast(t => t.Pending.Effect is SendText or PlaceCall).Pending.Carrier, one.Carrier);
            Assert.True(life.How == How.Text || (next.Call!.Phase is CallPhase.Ringing or CallPhase.GivenUp && next.Call.Id == look.Receipt));
            if (planned.TryAdd(one.Number, play.Now))
            {
                Assert.Equal((0, play.Now + look.After), (one.Tries, one.DueAt));
                // Nobody waits for what was told.
                Assert.True(e is EffectDone { Effect: SendText or PlaceCall, LookAfter: not null } or EffectDone { Effect: LookUp, Found: null } or TextTaken { LookAfter: not null });
                Assert.True(!looks.TryGetValue(look.Attempt, out var earlier) || e is EffectDone { Effect: PlaceCall } or TextTaken || look == earlier with { After = earlier.After * 2 });
                looks[look.Attempt] = look;
            }

            Assert.True(stepped.Effects.All(p => p.Number != one.Number) || play.Now >= planned[one.Number] + look.After);
        });
    }, iter: Runs);

    [Fact]
    public void What_a_call_does_next_is_what_was_last_told_to_do_in_it() => Life.Calls.Sample(life => life.Run((play, _, _, stepped) =>
    {
        var v = stepped.Next;
        Assert.Equal(new HangUp("call-x"), v.Call?.Id is null ? new HangUp("call-x") : v.NextIn(v.Attempt, "call-x"));
        if (v.Call?.Id is not { } id)
        {
            return;
        }

        Assert.Equal(new HangUp(id), v.NextIn(v.Attempt + 1, id));
        var last = play.Tries.FindLast(t => t.Pending.Effect is Ask or Say or DialExtension && t.Pending.Effect.Within == id).Pending?.Effect;
        Effect? expected = v switch
        {
            // Time was up when the carrier told that everything was said.
            { IsConnected: true, State: VerificationState.Expired, Call.Prompt: > 0 } when last is Ask => new Say(v.Attempt, id, CallPrompt.GoodbyeFailed),
            { IsConnected: true, IsFinal: true, Call.Prompt: 0 } => new HangUp(id),
            { IsConnected: true } when v.Pending.Any(p => p.Effect is DialExtension && p.Tries == 0) => null,
            { IsConnected: true } => last,
            { IsFinal: false, Call.Phase: CallPhase.Ringing } => null,
            _ => new HangUp(id),
        };
        Assert.Equal(expected, v.NextIn(v.Attempt, id));
    }), iter: Runs);

    [Fact]
    public void That_one_was_taken_is_news_once_whatever_its_event_is_called_and_what_a_look_found_once_too() => Life.Any.Sample(life => life.Run((play, before, e, stepped) =>
    {
        if (e is TextTaken or CallPlaced && e is CarrierEvent taken && !before.SeenEvents.Contains(taken.EventId))
        {
            var again = Verification.Step(stepped.Next, taken with { EventId = "told again" }, play.Now);
            Assert.Same(stepped.Next, again.Next);
            Assert.Equal((Answer.Ignored, 0), (again.Answer, again.Effects.Length));
        }

        if (e is EffectDone { Found: { } found } done && before.Pending.Any(p => p.Number == done.Number))
        {
            var told = Verification.Step(stepped.Next, found, play.Now);
            Assert.Same(stepped.Next, told.Next);
            Assert.Equal((Answer.Ignored, 0), (told.Answer, told.Effects.Length));
        }
    }), iter: Runs);
}
