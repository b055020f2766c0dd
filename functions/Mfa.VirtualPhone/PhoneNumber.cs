using System.Diagnostics.CodeAnalysis;

namespace Mfa.VirtualPhone;

/// <summary>A number in E.164: a plus and 7 to 15 digits. It prints its last two digits only.</summary>
internal sealed record PhoneNumber
{
    private PhoneNumber(string value) => Value = value;

    /// <summary>The number with its plus.</summary>
    public string Value { get; }

    /// <summary>The number as Event Grid and the phone routes write it, without plus.</summary>
    public string Digits => Value[1..];

    /// <summary>The identifier that ACS makes of it.</summary>
    public string RawId => $"4:{Value}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = IsDialable(text) && text.Length is >= 8 and <= 16 && text[1] != '0' ? new PhoneNumber(text) : null;
        return number is not null;
    }

    /// <summary>As <see cref="TryParse"/>, with or without the plus.</summary>
    public static bool TryParseLoose(string? text, [NotNullWhen(true)] out PhoneNumber? number) =>
        TryParse(text is { Length: > 0 } && text[0] != '+' ? $"+{text}" : text, out number);

    /// <summary>Whether this is a plus and digits at all, be it the number of a phone or not.</summary>
    public static bool IsDialable([NotNullWhen(true)] string? text) =>
        text is { Length: >= 2 and <= 64 } && text[0] == '+' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    public override string ToString() => $"+…{Value[^2..]}";
}
