using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>One key that signs assertions, by the algorithm of its type: ES256 (P-256) or RS256 (RSA).</summary>
public sealed class AssertionKey
{
    private const string What = "a P-256 or RSA (2048 bits or more) private key, PKCS#8 as base64";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int RsaBitsAtLeast = 2048;

    private AssertionKey(SecurityKey key, string algorithm, JsonObject published) => (Key, Algorithm, Public) = (key, algorithm, published);

    /// <summary>The key, by its id.</summary>
    public SecurityKey Key { get; }

    /// <summary>The one algorithm it signs by (RFC 7518 section 3.1).</summary>
    public string Algorithm { get; }

    /// <summary>Its public half as a JSON Web Key (RFC 7517).</summary>
    public JsonObject Public { get; }

    public SigningCredentials Signing => new(Key, Algorithm);

    /// <summary>Reads a key; null, and the fault told, where it is none.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="id">The key's id.</param>
    /// <param name="name">The setting that holds it.</param>
    public static AssertionKey? Read(SettingsReader reader, string id, string name)
    {
        var bytes = reader.Bytes(name, What, null);
        var key = bytes.Length == 0 ? null : EllipticCurve(bytes, id) ?? Rsa(bytes, id);
        if (key is null && bytes.Length > 0)
        {
            reader.Fault(name, $"is not {What}");
        }

        return key;
    }

    private static AssertionKey? EllipticCurve(byte[] bytes, string id)
    {
        if (Imported(ECDsa.Create(), bytes) is not { } key)
        {
            return null;
        }

        // Other curves have 256 bits too.
        var point = key.ExportParameters(includePrivateParameters: false);
        if (point.Curve.Oid?.Value != P256)
        {
            key.Dispose();
            return null;
        }

        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(point.Q.X), ["y"] = Base64UrlEncoder.Encode(point.Q.Y) };
        return Of(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256, jwk);
    }

    private static AssertionKey? Rsa(byte[] bytes, string id)
    {
        if (Imported(RSA.Create(), bytes) is not { } key)
        {
            return null;
        }

        if (key.KeySize < RsaBitsAtLeast)
        {
            key.Dispose();
            return null;
        }

        var half = key.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(half.Modulus), ["e"] = Base64UrlEncoder.Encode(half.Exponent) };
        return Of(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSha256, jwk);
    }

    private static AssertionKey Of(SecurityKey key, string algorithm, JsonObject jwk)
    {
        (jwk["kid"], jwk["use"], jwk["alg"]) = (key.KeyId, "sig", algorithm);
        return new(key, algorithm, jwk);
    }

    private static T? Imported<T>(T key, byte[] bytes)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
            return key;
        }
        catch (CryptographicException)
        {
            // It is of another type, or none; told without the value.
            key.Dispose();
            return null;
        }
    }
}
