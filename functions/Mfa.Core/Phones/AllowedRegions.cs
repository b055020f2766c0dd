namespace Mfa.Core;

/// <summary>Where texts and calls may go, from a setting: <c>*</c>, or regions with commas between (<c>NL, BE</c>).</summary>
public sealed class AllowedRegions
{
    /// <summary>Everywhere (<c>*</c>).</summary>
    public static AllowedRegions Everywhere { get; } = new(null);

    private readonly HashSet<string>? _regions;

    private AllowedRegions(HashSet<string>? regions) => _regions = regions;

    /// <summary>Whether this number's region is allowed.</summary>
    public bool Allows(PhoneNumber number) => Allows(number.Region);

    /// <summary>Whether this region (ISO 3166-1 alpha-2, as in <see cref="Regions.All"/>) is allowed.</summary>
    public bool Allows(string region) => _regions is null || _regions.Contains(region);

    /// <summary>Reads the setting. With any fault, nothing is allowed and the answer is false.</summary>
    /// <param name="faults">One message a fault, to follow the setting's name.</param>
    public static bool TryParse(string? setting, out AllowedRegions allowed, out IReadOnlyList<string> faults)
    {
        var words = (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        faults = words switch
        {
            [] => ["is empty: give * or regions, such as NL,BE"],
            ["*"] => [],
            _ when words.Contains("*") => ["has * beside regions: give one or the other"],
            _ => [.. words.Select(word => Fault(word, words)).OfType<string>()],
        };
        allowed = (words, faults) switch
        {
            (["*"], _) => Everywhere,
            (_, []) => new([.. words.Select(word => Regions.Known(word)!)]),
            _ => new([]),
        };
        return faults.Count == 0;
    }

    private static string? Fault(string word, string[] words)
    {
        if (Regions.Known(word) is not { } known) return $"has '{word}', which is no region: give ISO 3166 codes, such as NL,BE";
        // Regions that share a numbering plan can't be told apart by the number alone: AX without FI would allow next to nothing.
        var example = Regions.All.First(region => region.Region == known).Example;
        return PhoneNumber.Parse(known, example).Number?.Region is { } shared && !words.Any(other => Regions.Known(other) == shared)
            ? $"has {known} without {shared}, and their mobile numbers can't be told apart: give {shared} too"
            : null;
    }

    /// <summary>As the setting is written: <c>*</c> or <c>BE,NL</c>.</summary>
    public override string ToString() => _regions is null ? "*" : string.Join(',', _regions.Order(StringComparer.Ordinal));
}
