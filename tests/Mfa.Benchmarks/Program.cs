using System.Globalization;
using Mfa.Benchmarks;

var measures = new Dictionary<string, (int Usual, string Of, Func<int, Task> RunAsync)>
{
    ["blind"] = (2000, "answers of each kind", many =>
    {
        MannWhitney.Check();
        return BlindTimes.RunAsync(many, runs: 3);
    }
    ),
    ["memory"] = (10_000, "verifications", MemoryOfADay.RunAsync),
    ["app-passwords"] = (20_000, "requests of each kind", AppPasswordChecks.RunAsync),
    ["pound"] = (100, "calls by each carrier", PoundTimes.RunAsync),
    ["pages"] = (30, "loads of each page", PageLoads.RunAsync),
    ["radius"] = (5000, "sign-ins of each kind", RadiusRoundTrips.RunAsync),
};
var many = 0;
if (args.Length is not (1 or 2) || !measures.TryGetValue(args[0], out var measure) || (args.Length == 2 && !int.TryParse(args[1], CultureInfo.InvariantCulture, out many)))
{
    Console.Error.WriteLine($"dotnet run -c Release --project tests/Mfa.Benchmarks -- {string.Join(" | ", measures.Select(m => $"{m.Key} [{m.Value.Of}; {m.Value.Usual}]"))}");
    return 2;
}

await measure.RunAsync(args.Length == 2 ? many : measure.Usual);
return 0;
