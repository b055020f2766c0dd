using System.Globalization;
using Mfa.Benchmarks;

if (args is not ["blind", ..] || args.Length > 2 || (args.Length == 2 && !int.TryParse(args[1], out _)))
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/Mfa.Benchmarks -- blind [answers of each kind; 2000]");
    return 2;
}

MannWhitney.Check();
await BlindTimes.RunAsync(args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2000, runs: 3);
return 0;
