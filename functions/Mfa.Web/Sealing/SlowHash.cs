using System.Security.Cryptography;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// Hashes of secrets that people keep, which are too short for a quick hash: PBKDF2 (RFC 8018 section 5.2) with HMAC-SHA512, a salt,
/// and a pepper of the key ring on top, so that a stolen table alone lets nobody try.
/// </summary>
public sealed class SlowHash(KeyRing keys)
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // As OWASP's Password Storage Cheat Sheet asks for this hash.
    private const int Iterations = 210_000;

    /// <summary>The form of a new hash, or of a new set.</summary>
    public static HashForm NewForm() => new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes)), Iterations);

    /// <summary>The hash of a secret; takes some hundredths of a second.</summary>
    public string Of(string secret, HashForm form) =>
        Convert.ToBase64String(keys.Index("slow-hash", Convert.ToBase64String(
            Rfc2898DeriveBytes.Pbkdf2(secret, Convert.FromBase64String(form.Salt), form.Iterations, HashAlgorithmName.SHA512, HashBytes))));
}
