using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Mfa.Core;

/// <summary>The code that changes every 30 seconds (RFC 6238: SHA-1, six digits, T0 = Unix epoch).</summary>
public static class Totp
{
    /// <summary>Length of a time step, in seconds (RFC 6238 §4.1, X).</summary>
    public const int Period = 30;

    /// <summary>How many digits a code has (RFC 4226 §5.3).</summary>
    public const int Digits = 6;

    /// <summary>The time step at this moment: whole periods since the Unix epoch (RFC 6238 §4.2, T).</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / Period;

    /// <summary>The time step whose code was typed, one step either way of now (RFC 6238 §5.2, §6), or null when there is none.
    /// A step not after <paramref name="lastAcceptedStep"/> is never accepted.</summary>
    public static long? AcceptedStep(Secret seed, string typed, DateTimeOffset now, long? lastAcceptedStep)
    {
        long? accepted = null;
        var current = StepAt(now);
        // All three are always computed, and the last that matches counts: should two steps share their digits,
        // the same digits don't pass again.
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (IsCodeOf(seed, typed, step) && !(step <= lastAcceptedStep)) accepted = step;
        }
        return accepted;
    }

    /// <summary>Whether this is the code of the time step, however it is spaced. Compared in fixed time.</summary>
    public static bool IsCodeOf(Secret seed, string typed, long step)
    {
        if (step < 0 || VerificationCode.Normalize(typed) is not { } digits) return false;
        // A TOTP is the HOTP of its time step (RFC 6238 §4.2); so no clock of the library's comes into it.
        var code = new Hotp(seed.Bytes.ToArray(), OtpHashMode.Sha1, Digits).ComputeHOTP(step);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digits), Encoding.ASCII.GetBytes(code));
    }

    /// <summary>The seed in base32 (RFC 4648 §6), without padding, as authenticator apps read it. Shows the secret.</summary>
    public static string Base32(Secret seed) => Base32Encoding.ToString(seed.Bytes.ToArray()).TrimEnd('=');

    /// <summary>The seed in base32 in groups of four, for typing in. Shows the secret.</summary>
    public static string Grouped(Secret seed) => string.Join(' ', Base32(seed).Chunk(4).Select(group => new string(group)));

    /// <summary>The <c>otpauth://</c> key URI of a QR code, percent-encoded (RFC 3986 §2.1). Shows the secret.
    /// A colon parts issuer from account, so one in either becomes a hyphen.</summary>
    public static string Uri(Secret seed, string issuer, string accountName)
    {
        var from = Escaped(issuer);
        return $"otpauth://totp/{from}:{Escaped(accountName)}?secret={Base32(seed)}&issuer={from}&algorithm=SHA1&digits={Digits}&period={Period}";
    }

    private static string Escaped(string label)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        return System.Uri.EscapeDataString(label.Trim().Replace(':', '-'));
    }
}
