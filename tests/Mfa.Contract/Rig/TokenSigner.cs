using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mfa.Local;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Contract;

/// <summary>The development issuer's own key, for tokens of other shapes than it makes.</summary>
internal static class TokenSigner
{
    private static readonly JsonWebTokenHandler s_tokens = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token of the issuer that a laptop's heads believe.</summary>
    /// <param name="laptop">Whose key file holds the key.</param>
    /// <param name="expires">When it ends; it began an hour before.</param>
    /// <param name="claims">What it says.</param>
    public static string Sign(Laptop laptop, DateTimeOffset expires, params (string Name, object Value)[] claims) => SignBy(KeyOf(laptop), expires, claims);

    /// <summary>The same in a hand that isn't the issuer's, under the name of its key.</summary>
    public static string Forge(Laptop laptop, DateTimeOffset expires, params (string Name, object Value)[] claims) =>
        SignBy(new(RSA.Create(2048)) { KeyId = KeyOf(laptop).KeyId }, expires, claims);

    private static string SignBy(RsaSecurityKey key, DateTimeOffset expires, (string Name, object Value)[] claims)
    {
        var from = expires.UtcDateTime.AddHours(-1);
        return Seen.Secret(s_tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DevTokens.Issuer,
            Audience = "api://mfa",
            IssuedAt = from,
            NotBefore = from,
            Expires = expires.UtcDateTime,
            Claims = claims.ToDictionary(c => c.Name, c => c.Value),
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        }));
    }

    private static RsaSecurityKey KeyOf(Laptop laptop)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(laptop.Settings["Local:DataPath"]!, "keys.json")))!;
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(file["DevIssuer"]!["Key"]!.ToString()), out _);
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
