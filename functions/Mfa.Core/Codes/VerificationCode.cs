using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Mfa.Core;

/// <summary>The six digits of a text. They are derived, so a retry sends the same ones and no row keeps them.</summary>
[DebuggerDisplay("***")]
[JsonConverter(typeof(NeverJson<VerificationCode>))]
public sealed partial class VerificationCode
{
    private const int MostTyped = 64;
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _digits;

    private VerificationCode(string digits) => _digits = digits;

    /// <summary>The code of one send: the first 64 bits of HMAC-SHA256 (RFC 2104, FIPS 180-4) over the send number and
    /// the verification's id, modulo a million. A digit's bias is below 2^-44.</summary>
    /// <param name="sendNumber">1 for the first send of the verification.</param>
    public static VerificationCode Derive(Secret key, string verificationId, int sendNumber)
    {
        ArgumentException.ThrowIfNullOrEmpty(verificationId);
        ArgumentOutOfRangeException.ThrowIfLessThan(sendNumber, 1);
        // The label keeps these apart from anything else derived from the key; the fixed-width number before the id, pairs from each other.
        byte[] input = [.. "verification-code"u8, .. new byte[sizeof(int)], .. Encoding.UTF8.GetBytes(verificationId)];
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan("verification-code"u8.Length), sendNumber);
        var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key.Bytes, input)) % 1_000_000;
        return new(number.ToString("D6", CultureInfo.InvariantCulture));
    }

    /// <summary>Whether these are the digits, however they are spaced. Compared in fixed time.</summary>
    public bool Matches(string? typed) =>
        Normalize(typed) is { } digits && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digits), Encoding.ASCII.GetBytes(_digits));

    /// <summary>The digits, for the text itself and nothing else.</summary>
    public string Reveal() => _digits;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    /// <summary>Six ASCII digits from what a person typed: spaces and hyphens left out, digits of other scripts as ASCII. Null when it is no code.</summary>
    public static string? Normalize(string? typed)
    {
        if (typed is null || typed.Length > MostTyped) return null;
        var digits = TypedDigits.Plain(typed.Trim()).Replace($"{TypedDigits.Separator}", "", StringComparison.Ordinal);
        return digits.Length == 6 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>The one code in a reply by text (<c>123456</c>, <c>123 456</c> or <c>123-456</c> among any words); null when there is none or more than one.</summary>
    public static string? FindIn(string text) =>
        SixDigits().Matches(TypedDigits.Plain(text)) is [var only] ? Normalize(only.Value) : null;

    /// <summary>The same with the two digits that follow it (<c>123456 42</c>, <c>12345642</c>), null where none do.</summary>
    public static (string Code, string? Digits)? ReplyIn(string text) =>
        CodeAndNumber().Matches(TypedDigits.Plain(text)) is [var only] ? (Normalize(only.Groups[1].Value)!, only.Groups[2].Value)
        : FindIn(text) is { } code ? (code, null)
        : null;

    // Six in a row, or two threes that aren't part of a longer grouped number (a phone number, say).
    [GeneratedRegex("(?<![0-9])(?:[0-9]{6}|(?<![0-9]-)[0-9]{3}-[0-9]{3}(?!-[0-9]))(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex SixDigits();

    [GeneratedRegex("(?<![0-9])(?<![0-9]-)([0-9]{3}-?[0-9]{3})[^0-9]{0,3}([0-9]{2})(?!-?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex CodeAndNumber();
}
