using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>How a webhook is connected to, as Twilio does it unless the fragment of its address says otherwise.</summary>
/// <param name="Retries">How often it is tried again.</param>
/// <param name="RetriedOn">What it is tried again for: <c>ct</c>, <c>rt</c>, <c>4xx</c>, <c>5xx</c>.</param>
internal sealed record ConnectionOverrides(TimeSpan Connect, TimeSpan Read, TimeSpan Total, int Retries, IReadOnlySet<string> RetriedOn)
{
    private static readonly string[] All = ["ct", "rt", "4xx", "5xx"];

    /// <summary>Reads <c>#ct=2000&amp;rc=5&amp;rp=all</c>; what can't be read is as if it were not there.</summary>
    public static ConnectionOverrides Of(string fragment)
    {
        var said = fragment.TrimStart('#').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0]).ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1]);
        int Number(string name, int least, int most, int usual) =>
            said.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : usual;
        TimeSpan Time(string name, int most, int usual) => TimeSpan.FromMilliseconds(Number(name, 100, most, usual));

        var policy = said.TryGetValue("rp", out var text) ? Uri.UnescapeDataString(text).Split(',') : [];
        var known = policy.Contains("all") ? All : [.. policy.Intersect(All)];
        return new(Time("ct", 10_000, 5_000), Time("rt", 15_000, 15_000), Time("tt", 15_000, 15_000), Number("rc", 0, 5, 1), (known.Length > 0 ? known : ["ct"]).ToHashSet());
    }
}
