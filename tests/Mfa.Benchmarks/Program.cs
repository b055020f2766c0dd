using System.Globalization;
using Mfa.Benchmarks;

if (args is not (["blind"] or ["blind", _] or ["memory"] or ["memory", _]) || (args.Length == 2 && !int.TryParse(args[1], out _)))
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/Mfa.Benchmarks -- blind [answers of each kind; 2000] | memory [verifications; 10000]");
    return 2;
}

int? many = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : null;
if (args[0] == "memory")
{
    await MemoryOfADay.RunAsync(many ?? 10_000);
    return 0;
}

MannWhitney.Check();
await BlindTimes.RunAsync(many ?? 2000, runs: 3);
return 0;
