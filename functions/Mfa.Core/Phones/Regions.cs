using PhoneNumbers;

namespace Mfa.Core;

/// <summary>The regions whose phone numbers we know (libphonenumber's).</summary>
public static class Regions
{
    private static readonly Lazy<IReadOnlyList<PhoneRegion>> s_all = new(Load);

    /// <summary>All of them, sorted by region.</summary>
    public static IReadOnlyList<PhoneRegion> All => s_all.Value;

    /// <summary>The region as it is written in <see cref="All"/> (case and surrounding spaces don't matter); null when we don't know it.</summary>
    public static string? Known(string? region) =>
        region?.Trim().ToUpperInvariant() is { Length: 2 } upper && PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(upper) ? upper : null;

    private static PhoneRegion[] Load()
    {
        var phones = PhoneNumberUtil.GetInstance();
        return [.. phones.GetSupportedRegions().Order(StringComparer.Ordinal).Select(region => new PhoneRegion(
            region,
            phones.GetCountryCodeForRegion(region),
            phones.Format(phones.GetExampleNumberForType(region, PhoneNumberType.MOBILE) ?? phones.GetExampleNumber(region), PhoneNumberFormat.NATIONAL)))];
    }
}
