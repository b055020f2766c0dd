using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class EffectProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void Texts_calls_codes_and_prompts_never_pass_their_limits() => Life.Any.Sample(life =>
    {
        var play = life.Run((_, before, _, stepped) => Assert.InRange(stepped.Next.WrongCodes, before.WrongCodes, before.Policy.WrongCodes));
        var policy = play.V.Policy;
        var first = play.Tries.Where(t => t.Pending.Tries == 1).ToArray();
        var texts = first.Where(t => t.Pending.Effect is SendText).ToArray();
        Assert.InRange(texts.Length, 0, policy.Sends);
        Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= policy.SendAgainAfter));
        Assert.InRange(first.Count(t => t.Pending.Effect is PlaceCall), 0, policy.Calls);
        var asks = first.Select(t => t.Pending.Effect).OfType<Ask>().ToArray();
        Assert.All(asks.GroupBy(a => a.Attempt), call =>
        {
            Assert.InRange(call.Count(a => a.Prompt is CallPrompt.Verify or CallPrompt.VerifyAgain), 1, policy.Prompts);
            Assert.InRange(call.Count(), 1, 3 * policy.Prompts);
        });
    }, iter: Runs);

    [Fact]
    public void Every_attempt_is_performed_once_in_its_order() => Life.Any.Sample(life =>
    {
        var first = life.Run().Tries.Where(t => t.Pending.Tries == 1).Select(t => t.Pending.Effect).ToArray();
        var attempts = first.OfType<SendText>().Select(s => s.Send).Concat(first.OfType<PlaceCall>().Select(c => c.Attempt)).ToArray();
        Assert.Equal(Enumerable.Range(1, attempts.Length), attempts);
    }, iter: Runs);

    [Fact]
    public void No_call_is_placed_with_less_than_three_minutes_left() => Life.Calls.Sample(life =>
    {
        var play = life.Run();
        Assert.All(play.Tries.Where(t => t.Pending.Effect is PlaceCall), t => Assert.True(play.V.Deadline - t.At >= play.V.Policy.CallNeeds));
    }, iter: Runs);

    [Fact]
    public void A_repeat_is_the_same_request_and_comes_within_four_minutes() => Life.Any.Sample(life =>
    {
        var play = life.Run();
        var effects = play.Tries.GroupBy(t => t.Pending.Number).Select(g => g.ToArray()).ToArray();
        Assert.Equal(effects.Length, effects.Select(tries => tries[0].Pending.RequestId(Play.Id)).Distinct().Count());
        Assert.All(effects, tries => Assert.All(tries.Select((t, i) => (t.Pending, t.At, Try: i + 1)), t =>
        {
            Assert.Equal((tries[0].Pending.Effect, tries[0].At, t.Try), (t.Pending.Effect, t.Pending.FirstTriedAt, t.Pending.Tries));
            Assert.True(t.Pending.Effect is SettleNumber || t.At - tries[0].At < play.V.Policy.RepeatWithin);
        }));
    }, iter: Runs);

    [Fact]
    public void Whoever_performs_it_has_it_alone_for_its_lease_and_as_long_as_the_carrier_asked() => Life.Any.Sample(life =>
    {
        var freeAt = new Dictionary<int, DateTimeOffset>();
        life.Run((play, before, e, stepped) =>
        {
            if (e is EffectFailed { Transient: true } failed && before.Pending.Any(p => p.Number == failed.Number))
            {
                freeAt[failed.Number] = play.Now + (failed.RetryAfter ?? TimeSpan.FromMilliseconds(1));
            }

            foreach (var mine in stepped.Effects)
            {
                Assert.Contains(mine, stepped.Next.Pending);
                // Another carrier has asked for no pause.
                var goesOver = before.Pending.Any(p => p.Number == mine.Number && p.Carrier != mine.Carrier);
                Assert.True(goesOver || play.Now >= freeAt.GetValueOrDefault(mine.Number), $"{mine} at {play.Now}");
                freeAt[mine.Number] = play.Now + (mine.Effect is DialExtension or Ask or Say or HangUp ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30));
                Assert.Equal(freeAt[mine.Number], mine.DueAt);
            }
        });
    }, iter: Runs);

    [Fact]
    public void An_extension_is_dialled_part_by_part_after_its_pauses_and_nobody_is_asked_before() => Life.Calls.Sample(life =>
    {
        var pauses = life.Dial is null ? [] : PhoneNumber.FromTel($"+31201234567;ext={life.Dial}").Extension!.Pauses;
        var (answeredAt, dialledAt) = (new Dictionary<string, DateTimeOffset>(), new Dictionary<(string, int), DateTimeOffset>());
        var play = life.Run((play, before, e, _) =>
        {
            if (Events.News(e) is CallConnected connected && play.V.Call?.Id == connected.CallId)
            {
                answeredAt.TryAdd(connected.CallId, play.Now);
            }

            if (e is ExtensionDialled dialled && !before.SeenEvents.Contains(dialled.EventId) && before.Call?.Part == dialled.Part && play.V != before)
            {
                dialledAt.TryAdd((dialled.CallId, dialled.Part), play.Now);
            }
        });
        var first = play.Tries.Where(t => t.Pending.Tries == 1).ToArray();
        Assert.All(first.Where(t => t.Pending.Effect is DialExtension), t =>
        {
            var dial = (DialExtension)t.Pending.Effect;
            var since = dial.Part == 1 ? answeredAt[dial.CallId] : dialledAt[(dial.CallId, dial.Part - 1)];
            Assert.True(t.At - since >= TimeSpan.FromSeconds(pauses[dial.Part - 1]));
        });
        Assert.All(first.Select(t => t.Pending.Effect).OfType<Ask>().Where(a => pauses.Length > 0), a => Assert.Contains((a.CallId, pauses.Length), dialledAt.Keys));
        Assert.All(first.Select(t => t.Pending.Effect).OfType<DialExtension>().GroupBy(d => d.CallId), call => Assert.Equal(Enumerable.Range(1, call.Count()), call.Select(d => d.Part)));
    }, iter: Runs);

    [Fact]
    public void What_was_reported_or_moot_is_never_performed_again() => Life.Any.Sample(life =>
    {
        var gone = new HashSet<int>();
        life.Run((_, before, _, stepped) =>
        {
            gone.UnionWith(before.Pending.Select(p => p.Number).Except(stepped.Next.Pending.Select(p => p.Number)));
            Assert.Empty(gone.Intersect(stepped.Next.Pending.Select(p => p.Number)));
            Assert.Empty(gone.Intersect(stepped.Effects.Select(p => p.Number)));
        });
    }, iter: Runs);

    [Fact]
    public void Nobody_is_texted_called_or_asked_once_it_is_final() => Life.Any.Sample(life => life.Run((_, _, _, stepped) =>
    {
        if (stepped.Next.IsFinal)
        {
            Assert.DoesNotContain(stepped.Next.Pending, p => p.Effect is SendText or PlaceCall or DialExtension or Ask);
        }
    }), iter: Runs);

    [Fact]
    public void A_text_is_settled_once_and_given_back_only_when_it_verified() => Life.Any.Sample(life =>
    {
        var play = life.Run();
        var settled = play.Tries.Where(t => t.Pending.Tries == 1).Select(t => t.Pending.Effect).OfType<SettleNumber>().ToArray();
        var verified = play.V.State == VerificationState.Verified;
        var expected = life.How == How.Text || (life.How == How.Call && verified) ? [new SettleNumber(Play.Id, verified)] : Array.Empty<SettleNumber>();
        Assert.Equal(expected, settled);
    }, iter: Runs);
}
