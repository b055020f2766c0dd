using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Tests;

/// <summary>An RSA key with a self-signed certificate, named as Entra's and an external method's both are: by the certificate's SHA-1.</summary>
internal sealed class EntraKey : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;

    public EntraKey()
    {
        var request = new CertificateRequest("CN=tests", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        Kid = Base64UrlEncoder.Encode(_certificate.GetCertHash());
    }

    public string Kid { get; }

    /// <summary>With its certificate as PKCS#12 without a password, in base64: as the setting of an external method's key has it.</summary>
    public string Pkcs12 => Convert.ToBase64String(_certificate.Export(X509ContentType.Pkcs12));

    /// <summary>The public half as others may read it, to misuse it as a secret.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The public half as Entra publishes its own.</summary>
    /// <param name="issuer">Of whom it is.</param>
    public JsonObject Jwk(string issuer)
    {
        var key = _key.ExportParameters(false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Kid,
            ["x5t"] = Kid,
            ["n"] = Base64UrlEncoder.Encode(key.Modulus!),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent!),
            ["x5c"] = new JsonArray(Convert.ToBase64String(_certificate.RawData)),
            ["issuer"] = issuer,
        };
    }

    /// <summary>A compact JWS (RFC 7515), by RS256 whatever its header says.</summary>
    public string Sign(JsonObject header, JsonObject claims) =>
        Compact(header, claims, signed => _key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A compact JWS whose signature is made in another way.</summary>
    public static string Compact(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
