namespace Mfa.Core;

/// <summary>Codes that people keep on paper or are told: base32 (RFC 4648 section 6), five bits a character, shown in groups.</summary>
public static class PaperCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A code of as many characters as there are random bytes.</summary>
    public static string From(ReadOnlySpan<byte> random) => string.Create(random.Length, random, (text, bytes) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Alphabet[bytes[i] & 31];
        }
    });

    /// <summary>The code as it is shown: <c>ABCDE-FGHIJ-KLM</c>.</summary>
    /// <param name="code">The code.</param>
    /// <param name="size">Characters of a group.</param>
    public static string Grouped(string code, int size) => string.Join('-', code.Chunk(size).Select(group => new string(group)));

    /// <summary>The code that was typed, as it was made: spaces, hyphens and small letters don't matter, and what base32 has not is read as what it looks like. Null where it has not its form.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="length">How many characters it has.</param>
    public static string? Normalize(string? typed, int length)
    {
        var code = string.Concat((typed ?? "").Where(c => c is not (' ' or '-')).Select(c => c switch { '0' => 'O', '1' => 'I', '8' => 'B', _ => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c }));
        return code.Length == length && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;
    }
}
