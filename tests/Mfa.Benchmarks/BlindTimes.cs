using System.Diagnostics;

namespace Mfa.Benchmarks;

/// <summary>
/// Whether answers to callers who may not learn who exists take as long for each kind of user: creating a challenge, and a wrong code in it.
/// The kinds take turns in random order, so that whatever else the machine does meets all of them.
/// </summary>
internal static class BlindTimes
{
    private const double Unlikely = 0.01;
    private static readonly string[] s_steps = ["create", "wrong code"];

    // What is left for after an answer must not meet the next one.
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(8);

    public static async Task RunAsync(int answers, int runs)
    {
        await using var storage = new StorageOfOne();
        await storage.Storage.InitializeAsync();
        await using var laptop = await Laptop.StartAsync(storage.Storage, new()
        {
            // Without the wire that tests listen to.
            ["Storage:ConnectionString"] = Storage.Connection(storage.Storage.Tables, storage.Storage.Queues),
            ["Local:ClockRuns"] = "false",
            ["Policy:SendAgainAfter"] = "00:00:00.001",
            // Shorter than in life, so that it ends in an hour; an answer takes half of it.
            ["Service:BlindBeat"] = "00:00:00.02",
        });
        laptop.SendTextEventsTo("http://127.0.0.1:9");
        using var party = await laptop.RelyingPartyAsync("shop", "contoso", "mfa.verify", "mfa.verify.blind");
        var unlikely = new Dictionary<string, int>();
        var kinds = BlindUsers.All(laptop.Head.Services);
        await MeasureAsync(laptop, party, kinds, Math.Max(40, answers / 10));
        for (var run = 1; run <= runs; run++)
        {
            Console.WriteLine($"Run {run} of {runs}: {answers} answers of each kind, in ms");
            var times = await MeasureAsync(laptop, party, kinds, answers);
            foreach (var (step, shape) in s_steps.SelectMany(_ => kinds.Select(k => k.Shape).Distinct(), (step, shape) => (step, shape)))
            {
                Print(step, shape, [.. kinds.Where(k => k.Shape == shape)], times, unlikely);
            }
        }

        var different = unlikely.Where(u => u.Value == runs).Select(u => u.Key).ToArray();
        Console.WriteLine(different.Length == 0 ? $"Nothing differs by p < {Unlikely} in all {runs} runs." : $"These differ by p < {Unlikely} in all {runs} runs: {string.Join("; ", different)}.");
        Console.WriteLine($"Below it in any run: {(unlikely.Count == 0 ? "none" : string.Join("; ", unlikely.Select(u => $"{u.Key} ({u.Value})")))}.");
    }

    private static async Task<Dictionary<(BlindUsers, string), List<double>>> MeasureAsync(Laptop laptop, RelyingParty party, IReadOnlyList<BlindUsers> kinds, int answers)
    {
        foreach (var kind in kinds)
        {
            await kind.MakeAsync(laptop.Head.Services, answers);
        }

        var times = kinds.SelectMany(_ => s_steps, (kind, step) => (kind, step)).ToDictionary(k => k, _ => new List<double>(answers));
        var turns = kinds.ToArray();
        for (var i = 0; i < answers; i++)
        {
            Random.Shared.Shuffle(turns);
            foreach (var kind in turns)
            {
                var user = kind.Next();
                var opened = await TimedAsync(times[(kind, "create")], () => party.ChallengeAsync(user), 201);
                await TimedAsync(times[(kind, "wrong code")], () => party.VerifyAsync(opened["id"], "000000"), 422);
            }
        }

        return times;
    }

    private static async Task<Reply> TimedAsync(List<double> times, Func<Task<Reply>> ask, int expected)
    {
        var since = Stopwatch.GetTimestamp();
        var reply = await ask();
        times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        await Task.Delay(s_rest);
        return reply.Status == expected ? reply : throw new InvalidOperationException($"Expected {expected}, and not {reply}");
    }

    private static void Print(string step, string shape, BlindUsers[] kinds, Dictionary<(BlindUsers, string), List<double>> times, Dictionary<string, int> unlikely)
    {
        foreach (var kind in kinds)
        {
            var sorted = times[(kind, step)].Order().ToArray();
            Console.WriteLine($"  {step}, looks like {shape}: {kind.Name,-15} median {sorted[sorted.Length / 2],7:0.000}  quartiles {sorted[sorted.Length / 4],7:0.000} {sorted[sorted.Length * 3 / 4],7:0.000}");
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            for (var j = i + 1; j < kinds.Length; j++)
            {
                var p = MannWhitney.P(times[(kinds[i], step)], times[(kinds[j], step)]);
                var pair = $"{step}, looks like {shape}: {kinds[i].Name} and {kinds[j].Name}";
                Console.WriteLine($"    {kinds[i].Name} and {kinds[j].Name}: p = {p:0.0000}");
                if (p < Unlikely)
                {
                    unlikely[pair] = unlikely.GetValueOrDefault(pair) + 1;
                }
            }
        }
    }

    private sealed class StorageOfOne : IAsyncDisposable
    {
        public Storage Storage { get; } = new();

        public ValueTask DisposeAsync() => Storage.DisposeAsync();
    }
}
