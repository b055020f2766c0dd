using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>A key that signs answers to Entra, with the certificate that it is published by: Entra takes no other keys.</summary>
public sealed class ExternalMfaKey
{
    private const string What = "a PKCS#12 file without a password as base64, with an RSA key of 2048 bits or more and its certificate";
    private const int BitsAtLeast = 2048;

    private ExternalMfaKey(X509Certificate2 certificate, RSA key)
    {
        // What RFC 7515 section 4.1.7 calls x5t is SHA-1 by definition; it names the certificate and secures nothing.
        var thumbprint = Base64UrlEncoder.Encode(certificate.GetCertHash());
        var half = key.ExportParameters(includePrivateParameters: false);
        Signing = new(new RsaSecurityKey(key) { KeyId = thumbprint }, SecurityAlgorithms.RsaSha256);
        Public = new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.RsaSha256,
            ["kid"] = thumbprint,
            ["x5t"] = thumbprint,
            ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)),
            ["n"] = Base64UrlEncoder.Encode(half.Modulus),
            ["e"] = Base64UrlEncoder.Encode(half.Exponent),
        };
    }

    /// <summary>What it signs by: RS256.</summary>
    public SigningCredentials Signing { get; }

    /// <summary>Its public half as a JSON Web Key (RFC 7517), with the certificate.</summary>
    public JsonObject Public { get; }

    /// <summary>Reads a key; null, and the fault told, where it is none.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="name">The setting that holds it.</param>
    public static ExternalMfaKey? Read(SettingsReader reader, string name)
    {
        var bytes = reader.Bytes(name, What, null);
        if (bytes.Length == 0)
        {
            return null;
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12(bytes, null, X509KeyStorageFlags.EphemeralKeySet);
            if (certificate.GetRSAPrivateKey() is { } key && key.KeySize >= BitsAtLeast)
            {
                return new(certificate, key);
            }
        }
        catch (CryptographicException)
        {
            // Told without the value.
        }

        reader.Fault(name, $"is not {What}");
        return null;
    }
}
