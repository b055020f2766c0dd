using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>Where an app is woken, and what a wake-up is encrypted with (RFC 8030, RFC 8291).</summary>
/// <param name="Endpoint">The address at its push service: whoever has it can wake it.</param>
/// <param name="P256dh">Its public key: a point of P-256, uncompressed, base64url.</param>
/// <param name="Auth">Its authentication secret: 16 bytes, base64url.</param>
public sealed record PushSubscription(Uri Endpoint, string P256dh, string Auth)
{
    private const int EndpointAtMost = 1000;
    private const int KeyAtMost = 100;
    private const int AuthBytes = 16;
    private const int PointBytes = 65;

    /// <summary>Prints nothing of it.</summary>
    public override string ToString() => nameof(PushSubscription);

    /// <summary>Reads <c>{endpoint, keys:{p256dh, auth}}</c>; null where it is none.</summary>
    public static PushSubscription? Read(Fields fields)
    {
        var keys = fields.Part("keys");
        return Uri.TryCreate(fields.Text("endpoint", EndpointAtMost), UriKind.Absolute, out var endpoint) && endpoint.UserInfo.Length == 0 && endpoint.Fragment.Length == 0
            && keys?.Text("p256dh", KeyAtMost) is { } p256dh && IsPoint(Bytes(p256dh))
            && keys.Text("auth", KeyAtMost) is { } auth && Bytes(auth) is { Length: AuthBytes }
            ? new(endpoint, p256dh.TrimEnd('='), auth.TrimEnd('='))
            : null;
    }

    private static bool IsPoint(byte[]? bytes)
    {
        if (bytes is not { Length: PointBytes } || bytes[0] != 4)
        {
            return false;
        }

        try
        {
            using var key = DeviceKey.Open($"{WebEncoders.Base64UrlEncode(bytes, 1, 32)}.{WebEncoders.Base64UrlEncode(bytes, 33, 32)}");
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(text.TrimEnd('='));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
