using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>A random life of a verification: plausible and hostile events in any order, then nothing but the clock.</summary>
/// <param name="How">The way it proves.</param>
/// <param name="Proof">What a call asks for.</param>
/// <param name="ShortRetry">Whether it may be sent and called again after seconds.</param>
/// <param name="Answered">Whether effects are answered while only the clock runs.</param>
/// <param name="Hurry">What its waits are divided by.</param>
/// <param name="Dial">What is dialled once a call is answered.</param>
/// <param name="Two">Whether there is a second carrier.</param>
/// <param name="Moves">What happens.</param>
internal sealed record Life(How How, CallProof Proof, bool ShortRetry, bool Answered, int Hurry, string? Dial, bool Two, Move[] Moves)
{
    private static readonly Gen<string?> s_dials = Gen.OneOf<string?>(null, null, "12", "ww12", "1w204", "w1ww2w3");

    public static readonly Gen<Life> Any = Gen.Frequency((2, Of(How.Text)), (4, Of(How.Call)), (1, Of(How.Code)));

    public static readonly Gen<Life> Calls = Of(How.Call);

    // What still happens once it is final.
    private const int MovesAfterwards = 12;

    // More than any life needs; a clock that spins would need far more.
    private const int WakesAtMost = 600;

    /// <summary>Plays it to the end.</summary>
    /// <param name="each">Sees every step.</param>
    public Play Run(Action<Play, Verification, VerificationEvent, Stepped>? each = null)
    {
        var play = Begin(each);
        var told = new List<CarrierEvent>();
        var afterwards = 0;
        foreach (var move in Moves.TakeWhile(_ => !play.V.IsFinal || afterwards++ < MovesAfterwards))
        {
            play.Wait(WaitFor(play, move));
            if (Events.For(play, told, move) is { } e)
            {
                play.Step(e);
                if (Events.News(e) is { } news)
                {
                    told.Add(news);
                }
            }
        }

        LetTheClockRun(play);
        return play;
    }

    private Play Begin(Action<Play, Verification, VerificationEvent, Stepped>? each)
    {
        var policy = new VerificationPolicy { CallProof = Proof, Carrier = "one", Fallback = Two ? "two" : null };
        var play = new Play(How, ShortRetry ? policy with { CallRetryAfter = TimeSpan.FromSeconds(2), SendAgainAfter = TimeSpan.FromSeconds(1) } : policy, Dial);
        if (each is not null)
        {
            play.Each = (before, e, stepped) => each(play, before, e, stepped);
        }

        return play;
    }

    private void LetTheClockRun(Play play)
    {
        for (var wakes = 0; play.V.WakeAt() is { } at; wakes++)
        {
            Assert.True(wakes < WakesAtMost, "It is still not over.");
            play.WaitUntil(at).Wake();
            foreach (var pending in play.Last.Effects)
            {
                // A number's row is written some time; waiting a day for it is tested by itself.
                if (Answered || (pending.Effect is SettleNumber && pending.Tries > 2))
                {
                    play.Step(new EffectDone(pending.Number, pending.Effect, pending.Effect is PlaceCall call ? $"call-{call.Attempt}" : "text") { LookAfter = Two ? TimeSpan.FromSeconds(20) : null });
                }
            }
        }
    }

    private TimeSpan WaitFor(Play play, Move move) => move.Pace switch
    {
        Pace.AtOnce => TimeSpan.Zero,
        Pace.Milliseconds => TimeSpan.FromMilliseconds(move.Milliseconds),
        Pace.Seconds => TimeSpan.FromMilliseconds(move.Milliseconds * 30 / Hurry),
        Pace.Minutes => TimeSpan.FromMilliseconds(move.Milliseconds * 200 / Hurry),
        Pace.WakeAt => NotBack((play.V.WakeAt() ?? play.Now) - play.Now),
        _ when play.Elapsed > TimeSpan.FromMinutes(5) => NotBack(play.V.Deadline.AddMilliseconds((move.Detail % 3) - 1) - play.Now),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan NotBack(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static Gen<Life> Of(How how) =>
        Gen.Select(Gen.OneOf(CallProof.Pound, CallProof.Number), Gen.Int[0, 3], Gen.Bool, Gen.OneOf(1, 5, 20), s_dials, Gen.Bool, Move.Many(how))
            .Select((proof, rare, answered, hurry, dial, two, moves) => new Life(how, proof, rare == 0, answered, hurry, how == How.Call ? dial : null, two, moves));

    public override string ToString() => $"{How} {Proof} short={ShortRetry} answered={Answered} hurry={Hurry} dial={Dial} two={Two} [{string.Join(", ", Moves)}]";
}
