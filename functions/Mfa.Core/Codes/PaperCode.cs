namespace Mfa.Core;

/// <summary>Codes of base32 (RFC 4648 section 6) that people copy from paper or hear on the telephone.</summary>
public static class PaperCode
{
    private const int MostTyped = 64;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The letters and digits of what was typed, without spaces and hyphens, in upper case; what base32 has not is read as what it looks like. Null when it is no such code.</summary>
    public static string? Normalize(string? typed, int length)
    {
        if (typed is null || typed.Length > MostTyped)
        {
            return null;
        }

        var plain = TypedDigits.Plain(typed.Trim()).Replace($"{TypedDigits.Separator}", "", StringComparison.Ordinal).ToUpperInvariant()
            .Replace('0', 'O').Replace('1', 'I').Replace('8', 'B');
        return plain.Length == length && plain.All(Letters.Contains) ? plain : null;
    }

    /// <summary>A code of some random bytes, five bits each.</summary>
    public static string Of(ReadOnlySpan<byte> random)
    {
        Span<char> code = stackalloc char[random.Length];
        for (var i = 0; i < random.Length; i++)
        {
            code[i] = Letters[random[i] % Letters.Length];
        }

        return new(code);
    }
}
