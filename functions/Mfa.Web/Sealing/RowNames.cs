using OtpNet;

namespace Mfa.Web;

/// <summary>The names of rows: no personal data in them, and every id begins with its account's key.</summary>
public sealed class RowNames(KeyRing keys)
{
    /// <summary>The length of an account's key: base32 of 16 bytes.</summary>
    public const int AccountKeyLength = 26;

    private const int RandomLength = 26;

    private static readonly System.Buffers.SearchValues<char> s_base32 = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz234567");

    public string AccountKey(string tenant, string user) => Name(keys.Index("account", tenant, user));

    public string NumberKey(Core.PhoneNumber number) => Name(keys.Index("number", number.Tel));

    /// <summary>The hash of a code as the number's row keeps it.</summary>
    public string CodeHash(Core.PhoneNumber number, string code) => Name(keys.Index("code", number.E164, code));

    /// <summary>A new id of the account.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="mark">The letter of its kind.</param>
    public static string NewId(string accountKey, string mark = "") =>
        $"{accountKey}-{mark}{Name(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16))}";

    /// <summary>The id that an Idempotency-Key makes, the same each time.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="generation">Which use of the key it is: one that comes again after its time makes something new.</param>
    /// <param name="mark">The letter of its kind.</param>
    public string KeyedId(string accountKey, string idempotencyKey, long generation, string mark = "") =>
        $"{accountKey}-{mark}{Name(keys.Index("idempotency", accountKey, idempotencyKey, generation.ToString(System.Globalization.CultureInfo.InvariantCulture)))}";

    /// <summary>A short hash of anything that only has to be recognised again.</summary>
    public string Hash(string purpose, params ReadOnlySpan<string> parts) => Name(keys.Index(purpose, parts));

    /// <summary>Whether a text has the form of a holder's id.</summary>
    public static bool IsId(string text) =>
        text.Length - AccountKeyLength - 1 - RandomLength is 0 or 1 && text[AccountKeyLength] == '-'
        && text.AsSpan(0, AccountKeyLength).IndexOfAnyExcept(s_base32) < 0 && text.AsSpan(AccountKeyLength + 1).IndexOfAnyExcept(s_base32) < 0;

    /// <summary>The letter of the kind that an id is of; nothing for enrollments.</summary>
    public static string MarkOf(string id) => id[(AccountKeyLength + 1)..^RandomLength];

    /// <summary>The account that an id belongs to.</summary>
    public static string AccountOf(string id) => id[..AccountKeyLength];

    /// <summary>The holder that a verification belongs to, and its number in it; null when the text has not that form.</summary>
    public static (string HolderId, int Contact)? Verification(string text)
    {
        var dash = text.LastIndexOf('-');
        return dash > 0 && IsId(text[..dash])
            && int.TryParse(text.AsSpan(dash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var contact)
            ? (text[..dash], contact)
            : null;
    }

    /// <summary>Under what a push service knows the notification of a verification: at most 32 characters (RFC 8030 section 5.4), and nothing of the account in it.</summary>
    public static string Topic(string verificationId) =>
        Name(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(verificationId)));

    private static string Name(byte[] hash) => Base32Encoding.ToString(hash[..16]).TrimEnd('=').ToLowerInvariant();
}
