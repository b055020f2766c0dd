using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using static Mfa.Tests.EntraProvider;

namespace Mfa.Tests;

/// <summary>Judges an external method's token as Entra's documents say ("Id token issued by the external authentication provider").</summary>
internal static class EntraJudgement
{
    private static readonly string[] s_inherence = ["face", "fpt", "iris", "retina", "vbm"];

    /// <summary>What the token says.</summary>
    /// <exception cref="InvalidDataException">Entra does not take it.</exception>
    public static async Task<JsonObject> OfAsync(string token, EntraRequest request, EntraProvider provider, DateTimeOffset now)
    {
        var parts = token.Split('.');
        Require(parts.Length == 3, "the id_token is no JWS");
        var (header, claims) = (Json(parts[0]), Json(parts[1]));
        Require(header["alg"]?.ToString() == "RS256", $"alg {header["alg"]}");
        var keys = (await provider.KeysAsync()).Where(k => k!["kid"]?.ToString() == header["kid"]?.ToString()).ToList();
        Require(keys.Count == 1, $"{keys.Count} keys are called {header["kid"]}");
        using var certificate = Certificate(keys[0]!);
        using var key = certificate.GetRSAPublicKey();
        Require(key is { KeySize: >= 2048 }, "no RSA key of 2048 bits");
        Require(
            key!.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64UrlEncoder.DecodeBytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "the signature is not that of the certificate in x5c");

        var hint = Json(request["id_token_hint"]!.Split('.')[1]);
        Require(claims["iss"]?.ToString() == provider.Url, $"iss {claims["iss"]}");
        Require(claims["aud"]?.ToString() == request["client_id"], $"aud {claims["aud"]}");
        Require(claims["sub"]?.ToString() == hint["sub"]?.ToString(), $"sub {claims["sub"]}");
        Require(claims["nonce"]?.ToString() == request.Nonce, $"nonce {claims["nonce"]}");
        var seconds = now.ToUnixTimeSeconds();
        Require((long?)claims["exp"] > seconds, $"exp {claims["exp"]} at {seconds}");
        Require((long?)claims["iat"] is { } iat && Math.Abs(iat - seconds) <= 300, $"iat {claims["iat"]} at {seconds}");
        Require(claims["nbf"] is null || (long?)claims["nbf"] <= seconds + 300, $"nbf {claims["nbf"]} at {seconds}");

        var acr = claims["acr"]?.ToString() ?? "";
        Require(request.Allowed("acr").Contains(acr), $"acr {acr}");
        Require(claims["amr"] is JsonArray { Count: 1 }, $"amr {claims["amr"]?.ToJsonString()} is not an array of one");
        var amr = claims["amr"]![0]!.ToString();
        Require(request.Allowed("amr").Contains(amr), $"amr {amr}");
        Require(acr.Contains(s_inherence.Contains(amr) ? "inherence" : "possession", StringComparison.Ordinal), $"amr {amr} is no {acr}");
        return claims;
    }

    private static X509Certificate2 Certificate(JsonNode jwk)
    {
        Require(jwk["kty"]?.ToString() == "RSA", $"kty {jwk["kty"]}");
        Require(jwk["x5c"] is JsonArray { Count: >= 1 }, "no x5c");
        var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(jwk["x5c"]![0]!.ToString()));
        var name = Base64UrlEncoder.Encode(certificate.GetCertHash());
        Require(jwk["kid"]?.ToString() == name && jwk["x5t"]?.ToString() == name, $"kid {jwk["kid"]} or x5t {jwk["x5t"]} is not the certificate's SHA-1, {name}");
        var published = certificate.GetRSAPublicKey()!.ExportParameters(false);
        Require(jwk["n"]?.ToString() == Base64UrlEncoder.Encode(published.Modulus!) && jwk["e"]?.ToString() == Base64UrlEncoder.Encode(published.Exponent!), "n and e are not the certificate's");
        return certificate;
    }

    private static JsonObject Json(string part) => JsonNode.Parse(Base64UrlEncoder.Decode(part))!.AsObject();
}
