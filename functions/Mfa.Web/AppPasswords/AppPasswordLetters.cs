using System.Security.Cryptography;

namespace Mfa.Web;

/// <summary>The form of an app password: 16 letters of 24 (73 bits), without those that are taken for digits.</summary>
public static class AppPasswordLetters
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz";
    private const int Length = 16;
    private const int GroupSize = 4;
    private const int TypedAtMost = 64;

    /// <summary>A new one.</summary>
    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>In four groups, as it is shown.</summary>
    public static string Grouped(string letters) => string.Join(' ', letters.Chunk(GroupSize).Select(group => new string(group)));

    /// <summary>The letters of what was typed, in capitals or not and with blanks or dashes; null where it has not the form of one.</summary>
    public static string? Normalize(string typed)
    {
        if (typed.Length > TypedAtMost)
        {
            return null;
        }

        var letters = string.Concat(typed.Where(c => c is not (' ' or '-' or '\u00a0'))).ToLowerInvariant();
        return letters.Length == Length && letters.All(c => Letters.Contains(c, StringComparison.Ordinal)) ? letters : null;
    }
}
