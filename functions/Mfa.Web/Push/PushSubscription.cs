using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Mfa.Web;

/// <summary>Where a browser's wake-ups go, and the keys that seal them for it (RFC 8030 section 2, RFC 8291 section 2).</summary>
/// <param name="Endpoint">The push resource. Whoever knows it and our VAPID key can wake the device: it is never logged.</param>
/// <param name="P256dh">The browser's public key: an uncompressed point of P-256 (65 bytes), base64url without padding.</param>
/// <param name="Auth">The secret that the browser and we share: 16 bytes, base64url without padding.</param>
public sealed record PushSubscription(Uri Endpoint, string P256dh, string Auth)
{
    /// <summary>The longest endpoint that is taken, in characters.</summary>
    public const int EndpointAtMost = 1_000;

    private const int PointBytes = 65;
    private const int AuthBytes = 16;
    private const int HttpsPort = 443;
    private const byte Uncompressed = 4;

    /// <summary>Prints nothing of itself.</summary>
    public override string ToString() => nameof(PushSubscription);

    /// <summary>Reads what a browser gave, strictly; whether the endpoint's host may be called is <see cref="PushEndpoints"/>' to say.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="p256dh">The browser's public key.</param>
    /// <param name="auth">The shared secret.</param>
    /// <param name="allowLoopback">Whether http, and any port, is taken on a loopback host.</param>
    /// <param name="read">What was read.</param>
    /// <param name="fault">Why it is none, without the value.</param>
    public static bool TryRead(
        string? endpoint, string? p256dh, string? auth, bool allowLoopback, [NotNullWhen(true)] out PushSubscription? read, [NotNullWhen(false)] out string? fault)
    {
        read = null;
        fault = FaultOf(endpoint, allowLoopback, out var uri)
            ?? (Bytes(p256dh, PointBytes) is not { } point || !IsOnCurve(point) ? "keys.p256dh is not an uncompressed point of P-256 as base64url" : null)
            ?? (Bytes(auth, AuthBytes) is null ? "keys.auth is not 16 bytes as base64url" : null);
        if (fault is null)
        {
            read = new(uri!, p256dh!, auth!);
        }

        return fault is null;
    }

    private static string? FaultOf(string? endpoint, bool allowLoopback, out Uri? uri)
    {
        uri = null;
        // Ascii only: what a parser makes of other letters, another may not.
        if (endpoint is not { Length: > 0 and <= EndpointAtMost } || endpoint.Any(c => c is <= ' ' or > '~' or '\\') || !Uri.TryCreate(endpoint, UriKind.Absolute, out uri))
        {
            return $"endpoint is not an address of at most {EndpointAtMost} characters";
        }

        if (uri.UserInfo.Length > 0 || endpoint.Contains('#', StringComparison.Ordinal))
        {
            return "endpoint has a user name or a fragment";
        }

        if (allowLoopback && uri is { IsLoopback: true, Scheme: "http" or "https" })
        {
            return null;
        }

        return uri.Scheme != Uri.UriSchemeHttps ? "endpoint is not https"
            : uri.Port != HttpsPort ? "endpoint has another port than 443"
            : uri.HostNameType != UriHostNameType.Dns ? "endpoint has no host name"
            : null;
    }

    private static byte[]? Bytes(string? text, int length)
    {
        // The longest form of that many bytes has padding, which is not taken.
        var bytes = new byte[length + 2];
        return text?.Length == Base64Url.GetEncodedLength(length) && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == length
            && Base64Url.EncodeToString(bytes.AsSpan(0, length)) == text ? bytes[..length] : null;
    }

    // A point off the curve would tell of our side's key, were that one kept; and the import refuses it.
    private static bool IsOnCurve(byte[] point)
    {
        if (point[0] != Uncompressed)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
