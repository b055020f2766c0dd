using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Mfa.Core;

/// <summary>
/// The code that activates an authenticator app, derived from the enrollment's key so that none is stored: 8 characters of base32 to
/// type, 40 bits (NIST SP 800-63B-4 section 4.1.2.2); 26 of them, 128 bits, in a QR code.
/// </summary>
public sealed class ActivationCode
{
    private const int TypedLength = 8;
    private const int ScannedLength = 26;

    private readonly string _typed;

    private ActivationCode(string typed, string scanned) => (_typed, Scanned) = (typed, scanned);

    /// <summary>The one in the QR code.</summary>
    public string Scanned { get; }

    /// <summary>The one to type, in two groups: <c>K7QM-4XWD</c>.</summary>
    public string Typed => $"{_typed[..4]}-{_typed[4..]}";

    /// <summary>The codes of an enrollment.</summary>
    public static ActivationCode Derive(Secret key, string enrollmentId)
    {
        string Of(string label) => Base32Encoding.ToString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"{label}/{enrollmentId}"))[..20]);
        return new(Of("activate")[..TypedLength], Of("activate-qr")[..ScannedLength]);
    }

    /// <summary>Whether it was given, in either form, however it is spaced and in whichever case. Compared in fixed time.</summary>
    public bool Matches(string given)
    {
        var plain = Encoding.UTF8.GetBytes(new string([.. given.Where(c => c is not (' ' or '-'))]).ToUpperInvariant());
        return CryptographicOperations.FixedTimeEquals(plain, Encoding.ASCII.GetBytes(_typed))
            | CryptographicOperations.FixedTimeEquals(plain, Encoding.ASCII.GetBytes(Scanned));
    }

    /// <summary>Prints no code.</summary>
    public override string ToString() => nameof(ActivationCode);
}
