using System.Diagnostics;
using System.Text.Json.Serialization;
using Lib = PhoneNumbers;

namespace Mfa.Core;

/// <summary>
/// A phone number that a person can be reached at, of an office perhaps with an extension. Made only by parsing; prints itself masked;
/// equal by <see cref="Tel"/>.
/// </summary>
[DebuggerDisplay("{Masked,nq}")]
[JsonConverter(typeof(PhoneNumberJson))]
public sealed record PhoneNumber
{
    /// <summary>The most characters that are looked at when a number is typed.</summary>
    public const int MostTyped = 40;

    // Nobody else has it, and nobody changes it.
    private readonly Lib.PhoneNumber _number;
    private Plan? _plan;

    internal PhoneNumber(Lib.PhoneNumber number, Extension? extension = null)
    {
        (_number, Extension) = (number, extension);
        E164 = Lib.PhoneNumberUtil.GetInstance().Format(number, Lib.PhoneNumberFormat.E164);
    }

    /// <summary>The number that is called, whole, as carriers take it (ITU-T E.164): + and at most 15 digits. Personal data: not for answers or logs.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string E164 { get; }

    /// <summary>What is dialled once the call is answered; null where nothing is.</summary>
    public Extension? Extension { get; }

    /// <summary>Number and extension, as in rows: <c>+31201234567;ext=12</c> (RFC 3966), with a <c>w</c> for each pause. Personal data as well.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Tel => Extension is null ? E164 : E164 + PhoneParser.ExtensionMark + Extension.Dial;

    /// <summary>Where the number belongs, ISO 3166-1 alpha-2. Where regions share numbers (VA with IT, SJ with NO), the larger one.</summary>
    public string Region => Planned.Region;

    /// <summary>For answers, logs and pages: calling code, a bullet for each national digit but the last two, and those two; of an extension only bullets.</summary>
    public string Masked
    {
        get
        {
            var code = $"+{_number.CountryCode}";
            var national = E164[code.Length..];
            return $"{code} {new string('•', Math.Max(national.Length - 2, 0))}{national[^Math.Min(national.Length, 2)..]}" + (Extension is null ? "" : $" ext. {Extension.Masked}");
        }
    }

    /// <summary>Whether it can take texts: a mobile, or of a region that numbers mobiles and fixed lines alike. An extension takes none.</summary>
    public bool CanBeMobile => Extension is null && Planned.Type is Lib.PhoneNumberType.MOBILE or Lib.PhoneNumberType.FIXED_LINE_OR_MOBILE;

    /// <summary>Whether it can be a fixed line (VoIP counts as one).</summary>
    public bool CanBeFixedLine => Planned.Type is Lib.PhoneNumberType.FIXED_LINE or Lib.PhoneNumberType.FIXED_LINE_OR_MOBILE or Lib.PhoneNumberType.VOIP;

    // Most numbers are read with a row and never asked. Two who ask first at once find the same.
    private Plan Planned => _plan ??= Plan.Of(_number);

    /// <summary>The number that was typed, or why it is refused. Never throws.</summary>
    /// <param name="region">ISO 3166-1 alpha-2, in which the number is read. Null: the number has to start with +.</param>
    /// <param name="number">As typed, <see cref="MostTyped"/> characters at most. With + it may be of another region with the same calling code.</param>
    public static PhoneParse Parse(string? region, string? number) => PhoneParser.Parse(region, number);

    /// <summary>The number that a company's directory has for a person: as <see cref="Parse"/>, but it may have an extension.</summary>
    /// <param name="region">ISO 3166-1 alpha-2, in which the number is read. Null: the number has to start with +.</param>
    /// <param name="number">As written: <c>… x12</c>, <c>… ext. 12</c>, <c>…;ext=12</c>, <c>…,,12</c>; a pause of a second for each comma, <c>w</c> or <c>p</c>.</param>
    public static PhoneParse ParseOffice(string? region, string? number) => PhoneParser.Parse(region, number, mayHaveExtension: true);

    /// <summary>A number out of a row that we wrote, by its <see cref="Tel"/>: it was checked then, so only its form is now, and a numbering plan that has changed since doesn't spoil the row.</summary>
    /// <exception cref="FormatException">It is not such a number; the message doesn't hold it.</exception>
    public static PhoneNumber FromTel(string tel) => PhoneParser.FromTel(tel);

    /// <summary>As <see cref="FromTel"/>, of a number without an extension.</summary>
    /// <exception cref="FormatException">It is not an E.164 number; the message doesn't hold it.</exception>
    public static PhoneNumber FromE164(string e164) => PhoneParser.FromE164(e164);

    /// <summary>Whether it has the form of an E.164 number; whether there is such a number is not asked.</summary>
    public static bool IsE164(string text) => PhoneParser.IsE164(text);

    public bool Equals(PhoneNumber? other) => other is not null && Tel == other.Tel;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Tel);

    /// <summary><see cref="Masked"/>.</summary>
    public override string ToString() => Masked;

    // What the numbering plan says of it.
    private sealed record Plan(string Region, Lib.PhoneNumberType Type)
    {
        public static Plan Of(Lib.PhoneNumber number)
        {
            var phones = Lib.PhoneNumberUtil.GetInstance();
            return new(phones.GetRegionCodeForNumber(number) ?? phones.GetRegionCodeForCountryCode(number.CountryCode), phones.GetNumberType(number));
        }
    }
}
