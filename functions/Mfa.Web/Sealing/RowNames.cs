using OtpNet;

namespace Mfa.Web;

/// <summary>The names of rows: no personal data in them, and every id begins with its account's key.</summary>
public sealed class RowNames(KeyRing keys)
{
    /// <summary>The length of an account's key: base32 of 16 bytes.</summary>
    public const int AccountKeyLength = 26;

    private const int RandomLength = 26;

    public string AccountKey(string tenant, string user) => Name(keys.Index("account", tenant, user));

    public string NumberKey(Core.PhoneNumber number) => Name(keys.Index("number", number.E164));

    /// <summary>The hash of a code as the number's row keeps it.</summary>
    public string CodeHash(Core.PhoneNumber number, string code) => Name(keys.Index("code", number.E164, code));

    /// <summary>A new id of the account: random, or the same for the same Idempotency-Key.</summary>
    public string NewId(string accountKey, string? idempotencyKey)
    {
        var random = idempotencyKey is null
            ? System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)
            : keys.Index("idempotency", accountKey, idempotencyKey);
        return $"{accountKey}-{Name(random)}";
    }

    /// <summary>A short hash of anything that only has to be recognised again.</summary>
    public string Hash(string purpose, params ReadOnlySpan<string> parts) => Name(keys.Index(purpose, parts));

    /// <summary>Whether a text has the form of an enrollment's id.</summary>
    public static bool IsId(string text) =>
        text.Length == AccountKeyLength + 1 + RandomLength && text[AccountKeyLength] == '-' && text.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '2' and <= '7'));

    /// <summary>The account that an id belongs to.</summary>
    public static string AccountOf(string id) => id[..AccountKeyLength];

    /// <summary>The enrollment that a verification belongs to, and its number in it; null when the text has not that form.</summary>
    public static (string EnrollmentId, int Contact)? Verification(string text)
    {
        const int enrollment = AccountKeyLength + 1 + RandomLength;
        return text.Length > enrollment + 1 && text[enrollment] == '-' && IsId(text[..enrollment])
            && int.TryParse(text.AsSpan(enrollment + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var contact)
            ? (text[..enrollment], contact)
            : null;
    }

    private static string Name(byte[] hash) => Base32Encoding.ToString(hash[..16]).TrimEnd('=').ToLowerInvariant();
}
