using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.VirtualPhone;

/// <summary>The network's signing key, and the tokens that prove its call events.</summary>
internal sealed class EventTokens(VirtualPhoneOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>One key a process: to make one takes longer than most tests, and a test run starts many networks.</summary>
    private static readonly SigningCredentials Key =
        new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") }, SecurityAlgorithms.RsaSha256);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string New()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.ResourceId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = Key,
        });
    }

    /// <summary>The public half, as a JSON Web Key Set.</summary>
    public static object KeySet()
    {
        var key = ((RsaSecurityKey)Key.Key).Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", alg = "RS256", kid = Key.Kid, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) },
            },
        };
    }
}
