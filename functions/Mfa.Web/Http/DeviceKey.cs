using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>The public keys of devices: points of P-256 (RFC 7518 section 6.2).</summary>
public static class DeviceKey
{
    private const int CoordinateBytes = 32;
    private const int CoordinateLength = 43;

    /// <summary>Reads a JWK; null where it is no public key on P-256.</summary>
    /// <returns>The key, as <see cref="Core.Device.PublicKey"/> has it.</returns>
    public static string? Read(Fields jwk)
    {
        if (jwk.Text("kty", CoordinateLength) != "EC" || jwk.Text("crv", CoordinateLength) != "P-256" || jwk.Holds("d")
            || jwk.Text("x", CoordinateLength) is not { Length: CoordinateLength } x || jwk.Text("y", CoordinateLength) is not { Length: CoordinateLength } y)
        {
            return null;
        }

        try
        {
            using var key = Open($"{x}.{y}");
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            // One form of each key.
            return $"{WebEncoders.Base64UrlEncode(point.X!)}.{WebEncoders.Base64UrlEncode(point.Y!)}";
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The key.</summary>
    /// <exception cref="CryptographicException">It is no point of the curve.</exception>
    public static ECDsa Open(string publicKey)
    {
        var dot = publicKey.IndexOf('.', StringComparison.Ordinal);
        var (x, y) = (WebEncoders.Base64UrlDecode(publicKey[..dot]), WebEncoders.Base64UrlDecode(publicKey[(dot + 1)..]));
        return x.Length == CoordinateBytes && y.Length == CoordinateBytes
            ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } })
            : throw new CryptographicException("The coordinates are not of 32 bytes.");
    }
}
