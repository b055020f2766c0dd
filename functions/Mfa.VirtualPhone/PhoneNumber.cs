using System.Diagnostics.CodeAnalysis;

namespace Mfa.VirtualPhone;

/// <summary>
/// A number in E.164: a plus and 7 to 15 digits; of a phone behind an office's switchboard with its extension. It prints its last two digits
/// only.
/// </summary>
internal sealed record PhoneNumber
{
    /// <summary>The most digits of an extension.</summary>
    public const int LongestExtension = 12;

    private PhoneNumber(string value, string? extension = null) => (Value, Extension) = (value, extension);

    /// <summary>The number with its plus.</summary>
    public string Value { get; }

    /// <summary>The digits that its switchboard is dialled; null where the number is the phone's own.</summary>
    public string? Extension { get; }

    /// <summary>The number as Event Grid and the phone routes write it, without plus; with an extension <c>31201234567x12</c>.</summary>
    public string Digits => Extension is null ? Value[1..] : $"{Value[1..]}x{Extension}";

    /// <summary>The identifier that ACS makes of it.</summary>
    public string RawId => $"4:{Value}";

    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = IsDialable(text) && text.Length is >= 8 and <= 16 && text[1] != '0' ? new PhoneNumber(text) : null;
        return number is not null;
    }

    /// <summary>As <see cref="TryParse"/>, with or without the plus, and perhaps with an extension.</summary>
    public static bool TryParseLoose(string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        var (own, extension) = text?.Split('x', 2) is [var before, var after] ? (before, after) : (text, null);
        number = TryParse(own is { Length: > 0 } && own[0] != '+' ? $"+{own}" : own, out var parsed) && (extension is null || IsExtension(extension))
            ? new(parsed.Value, extension)
            : null;
        return number is not null;
    }

    /// <summary>Whether a switchboard could have such an extension.</summary>
    public static bool IsExtension([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LongestExtension } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>The number of a phone behind this one's switchboard.</summary>
    public PhoneNumber Behind(string extension) => new(Value, extension);

    /// <summary>Whether this is a plus and digits at all, be it the number of a phone or not.</summary>
    public static bool IsDialable([NotNullWhen(true)] string? text) =>
        text is { Length: >= 2 and <= 64 } && text[0] == '+' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    public override string ToString() => $"+…{Value[^2..]}";
}
