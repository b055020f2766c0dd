using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Mfa.Core;

/// <summary>From what was typed to a <see cref="PhoneNumber"/>, by libphonenumber's numbering plans.</summary>
internal static partial class PhoneParser
{
    // Known by handsets everywhere, whatever the region's own numbers are (3GPP TS 22.101 §10.1 has the first two).
    private static readonly string[] s_emergencyEverywhere = ["112", "911", "999"];

    /// <summary>What stands between number and extension in a row (RFC 3966 section 3).</summary>
    public const string ExtensionMark = ";ext=";

    public static PhoneParse Parse(string? region, string? typed, bool mayHaveExtension = false)
    {
        if (string.IsNullOrWhiteSpace(typed)) return PhoneRefusal.NotANumber;
        if (typed.Length > PhoneNumber.MostTyped) return PhoneRefusal.TooLong;
        var home = Regions.Known(region);
        if (home is null && !string.IsNullOrWhiteSpace(region)) return PhoneRefusal.UnknownRegion;

        // Plain first: the library leaves some scripts' digits and marks alone. Spaces, since it finds no extension after a dash.
        var plain = TypedDigits.Plain(typed).Replace(TypedDigits.Separator, ' ').Replace('＋', '+').Trim();
        Extension? extension = null;
        // Before the library sees it, which knows no pauses.
        if (mayHaveExtension && WithExtension().Match(plain) is { Success: true } split)
        {
            var dial = split.Groups["dial"].Value.Replace(" ", "");
            if (dial.Length > Extension.Longest) return PhoneRefusal.TooLong;
            if (Extension.Parse(dial) is not { } parsed) return PhoneRefusal.NotANumber;
            (plain, extension) = (split.Groups["number"].Value.Trim(), parsed);
        }

        if (IsEmergency(PhoneNumberUtil.NormalizeDigitsOnly(plain), home is null ? [] : [home])) return PhoneRefusal.Emergency;
        if (home is null && !plain.TrimStart('(').StartsWith('+')) return PhoneRefusal.UnknownRegion;

        try
        {
            var number = PhoneNumberUtil.GetInstance().Parse(plain, home);
            if (number.HasExtension) return PhoneRefusal.HasExtension;
            // The library skips words before a number and reads letters as keys; a person who typed them made a mistake.
            return OnlyANumber().IsMatch(plain) ? Judge(number, home, extension) : PhoneRefusal.NotANumber;
        }
        catch (NumberParseException fault)
        {
            return Refusal(fault.ErrorType);
        }
    }

    public static bool IsE164(string text) => E164().IsMatch(text);

    public static PhoneNumber FromTel(string tel)
    {
        var mark = tel.IndexOf(ExtensionMark, StringComparison.Ordinal);
        if (mark < 0) return FromE164(tel);
        var read = FromE164(tel[..mark], Extension.Parse(tel[(mark + ExtensionMark.Length)..]) ?? throw NotE164());
        return read.Tel == tel ? read : throw NotE164();
    }

    public static PhoneNumber FromE164(string e164) => FromE164(e164, null);

    private static PhoneNumber FromE164(string e164, Extension? extension)
    {
        try
        {
            if (!IsE164(e164)) throw NotE164();
            // Read back, so that what is stored and what is sent are the same characters.
            var read = new PhoneNumber(PhoneNumberUtil.GetInstance().Parse(e164, null), extension);
            return read.E164 == e164 ? read : throw NotE164();
        }
        catch (NumberParseException)
        {
            throw NotE164();
        }
    }

    private static PhoneParse Judge(PhoneNumbers.PhoneNumber number, string? home, Extension? extension)
    {
        var phones = PhoneNumberUtil.GetInstance();
        if (home is not null && number.CountryCode != phones.GetCountryCodeForRegion(home)) return PhoneRefusal.RegionMismatch;
        var national = phones.GetNationalSignificantNumber(number);
        if (IsEmergency(national, phones.GetRegionCodesForCountryCode(number.CountryCode))) return PhoneRefusal.Emergency;

        var type = phones.GetNumberType(number);
        if (type == PhoneNumberType.UNKNOWN) return NotGivenOut(number);
        if ($"{number.CountryCode}{national}".Length > 15) return PhoneRefusal.TooLong;
        if (type == PhoneNumberType.PREMIUM_RATE) return PhoneRefusal.PremiumRate;
        if (type == PhoneNumberType.SHARED_COST) return PhoneRefusal.SharedCost;
        if (type is not (PhoneNumberType.FIXED_LINE or PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE or PhoneNumberType.VOIP))
            return PhoneRefusal.NotAPersonsPhone;
        // International networks (+881, +883, …) are of no region, and dear.
        return phones.GetRegionCodeForNumber(number) is { Length: 2 } region && Regions.Known(region) is not null
            ? new PhoneNumber(number, extension)
            : PhoneRefusal.NotAPersonsPhone;
    }

    private static PhoneRefusal NotGivenOut(PhoneNumbers.PhoneNumber number) =>
        ShortNumberInfo.GetInstance().IsValidShortNumber(number)
            ? PhoneRefusal.ShortNumber
            : PhoneNumberUtil.GetInstance().IsPossibleNumberWithReason(number) switch
            {
                PhoneNumberUtil.ValidationResult.TOO_SHORT or PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => PhoneRefusal.TooShort,
                PhoneNumberUtil.ValidationResult.TOO_LONG => PhoneRefusal.TooLong,
                _ => PhoneRefusal.NotInUse,
            };

    private static PhoneRefusal Refusal(ErrorType fault) => fault switch
    {
        ErrorType.INVALID_COUNTRY_CODE => PhoneRefusal.UnknownCallingCode,
        ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => PhoneRefusal.TooShort,
        ErrorType.TOO_LONG => PhoneRefusal.TooLong,
        _ => PhoneRefusal.NotANumber,
    };

    private static bool IsEmergency(string digits, IEnumerable<string> regions) =>
        s_emergencyEverywhere.Contains(digits)
        || regions.Any(region => IsEmergency(digits, region) || (WithoutTrunk(digits, region) is { } rest && IsEmergency(rest, region)));

    private static bool IsEmergency(string digits, string region) =>
        s_emergencyEverywhere.Contains(digits) || ShortNumberInfo.GetInstance().IsEmergencyNumber(digits, region);

    // 0112, 1-911: the library leaves the trunk prefix on what is too short to be a number.
    private static string? WithoutTrunk(string digits, string region) =>
        PhoneNumberUtil.GetInstance().GetNddPrefixForRegion(region, true) is { Length: > 0 } trunk && digits.StartsWith(trunk, StringComparison.Ordinal)
            ? digits[trunk.Length..]
            : null;

    private static FormatException NotE164() => new("Not an E.164 phone number.");

    // A mark, or a pause as the mark.
    [GeneratedRegex(@"^(?<number>[^a-z;,#~]+?) *(?:; *(?:ext|postd) *=|ext(?:ension|n)?[.:]?|x[.:]?|#|~|(?=[,wp])) *(?<dial>[0-9wp, ]+)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WithExtension();

    [GeneratedRegex(@"^\(?\+?[0-9()./ ]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex OnlyANumber();

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex E164();
}
