using System.Security.Cryptography;
using Mfa.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Local;

/// <summary>
/// The development issuer: it stands for the company's sign-in page, and believes whatever it is told. Its name is the same
/// on every port, and its key is in the key file, so instances that share the file accept each other's tokens.
/// </summary>
public sealed class DevTokens : IDisposable
{
    /// <summary>The issuer's name in its tokens.</summary>
    public const string Issuer = "http://127.0.0.1:7071/dev";

    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly RSA _rsa;
    private readonly RsaSecurityKey _key;
    private readonly string _audience;
    private readonly TimeProvider _time;

    private DevTokens(RSA rsa, string audience, TimeProvider time)
    {
        (_rsa, _audience, _time) = (rsa, audience, time);
        _key = new(_rsa);
        _key.KeyId = Base64UrlEncoder.Encode(_key.ComputeJwkThumbprint());
    }

    /// <summary>The issuer of the settings, for the audience that the backend expects.</summary>
    /// <exception cref="SettingsException">They are wrong.</exception>
    public static DevTokens Read(SettingsReader reader, TimeProvider time)
    {
        const string what = "the development issuer's RSA key, PKCS#8 as base64";
        var rsa = RSA.Create();
        try
        {
            rsa.ImportPkcs8PrivateKey(reader.Bytes(KeyFile.DevIssuerKey, what, null), out _);
        }
        catch (CryptographicException)
        {
            reader.Fault(KeyFile.DevIssuerKey, $"is not {what}");
        }

        var audience = reader.Required("Auth:Audience", "the audience of the first step's tokens");
        reader.ThrowOnFaults();
        return new(rsa, audience, time);
    }

    /// <summary>A token for a caller, with the claims that Microsoft Entra's tokens have.</summary>
    public string For(DevCaller caller)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = _audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = Claims(caller),
            SigningCredentials = new(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    private static Dictionary<string, object> Claims(DevCaller caller)
    {
        var claims = new Dictionary<string, object> { ["tid"] = caller.Tenant, ["azp"] = caller.Client, ["roles"] = caller.Roles };
        if (caller.User is { } user)
        {
            (claims["sub"], claims["oid"], claims["sid"]) = (user, user, caller.Session);
            (claims["scp"], claims["preferred_username"]) = ("user_impersonation", $"{user}@{caller.Tenant}.example");
        }
        else
        {
            (claims["sub"], claims["oid"], claims["idtyp"]) = (caller.Client, caller.Client, "app");
        }

        return claims;
    }

    /// <summary>The public half, as a JSON Web Key Set (RFC 7517).</summary>
    public object KeySet()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new { kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) },
            },
        };
    }

    public void Dispose() => _rsa.Dispose();
}
