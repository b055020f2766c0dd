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

    private static readonly string[] s_openId = ["openid", "profile", "email", "offline_access"];

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly RSA _rsa;
    private readonly RsaSecurityKey _key;
    private readonly string _audience;
    private readonly TimeProvider _time;

    private DevTokens(RSA rsa, string audience, TimeProvider time, TimeSpan lifetime)
    {
        (_rsa, _audience, _time, Lifetime) = (rsa, audience, time, lifetime);
        _key = new(_rsa);
        _key.KeyId = Base64UrlEncoder.Encode(_key.ComputeJwkThumbprint());
    }

    /// <summary>How long a token is good.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>The issuer of the settings, for the audience that the backend expects.</summary>
    /// <exception cref="SettingsException">They are wrong.</exception>
    public static DevTokens Read(SettingsReader reader, TimeProvider time, TimeSpan lifetime)
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
        return new(rsa, audience, time, lifetime);
    }

    /// <summary>An access token for a caller, with the claims that Microsoft Entra's tokens have.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="scope">What a user's program asked for; what is about the user alone is not in an access token.</param>
    public string For(DevCaller caller, string scope = "") => Sign(_audience, Claims(caller, scope));

    /// <summary>An ID token (OpenID Connect Core section 2): for the program itself, which may not show it to the backend.</summary>
    /// <param name="caller">The user.</param>
    /// <param name="nonce">What the program sent, to know its own again.</param>
    public string IdTokenFor(DevCaller caller, string? nonce)
    {
        var claims = About(caller, caller.User!);
        claims["auth_time"] = _time.GetUtcNow().ToUnixTimeSeconds();
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return Sign(caller.Client, claims);
    }

    private string Sign(string audience, Dictionary<string, object> claims)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = new(_key, SecurityAlgorithms.RsaSha256),
        });
    }

    private static Dictionary<string, object> Claims(DevCaller caller, string scope)
    {
        if (caller.User is not { } user)
        {
            return new() { ["tid"] = caller.Tenant, ["azp"] = caller.Client, ["roles"] = caller.Roles, ["sub"] = caller.Client, ["oid"] = caller.Client, ["idtyp"] = "app" };
        }

        var claims = About(caller, user);
        var asked = string.Join(' ', scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(s_openId));
        (claims["azp"], claims["roles"], claims["scp"]) = (caller.Client, caller.Roles, asked.Length > 0 ? asked : "user_impersonation");
        return claims;
    }

    private static Dictionary<string, object> About(DevCaller caller, string user) => new()
    {
        ["tid"] = caller.Tenant,
        ["sub"] = user,
        ["oid"] = user,
        ["sid"] = caller.Session,
        ["preferred_username"] = $"{user}@{caller.Tenant}.example",
    };

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
