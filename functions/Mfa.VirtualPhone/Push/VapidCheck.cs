using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.VirtualPhone;

/// <summary>Who pushes (RFC 8292): the Authorization header <c>vapid t=…, k=…</c>.</summary>
internal sealed class VapidCheck(TimeProvider time)
{
    private const string Scheme = "vapid ";
    private const int PointBytes = 65;
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);
    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>Whether it is a key that a subscription can be bound to.</summary>
    public static bool IsKey(string key)
    {
        using var read = KeyOf(key);
        return read is not null;
    }

    /// <summary>Null where the request may push; else the status that it gets, and why.</summary>
    /// <param name="header">The Authorization header; null where there is none.</param>
    /// <param name="origin">Our own.</param>
    /// <param name="key">Whose subscription it is; null for anybody's.</param>
    public async Task<(int Status, string Why)?> FaultOf(string? header, string origin, string? key)
    {
        if (header is null) { return key is null ? null : (401, "The subscription is restricted: send Authorization: vapid t=…, k=…."); }
        var parts = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries) : [];
        var (token, given) = (Value(parts, "t="), Value(parts, "k="));
        using var read = KeyOf(given);
        if (token is null || read is null) { return (401, "Authorization is not vapid t=…, k=… with a key of P-256."); }
        if (key is not null && given != key) { return (403, "The subscription is another application server's."); }
        var result = await _handler.ValidateTokenAsync(token, new()
        {
            IssuerSigningKey = new ECDsaSecurityKey(read),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidateIssuer = false,
            ValidAudience = origin,
            LifetimeValidator = (_, expires, _, _) => expires is { } end && end > time.GetUtcNow().UtcDateTime && end <= (time.GetUtcNow() + s_longest).UtcDateTime,
            // Keys come and go: none is kept for its id.
            CryptoProviderFactory = new() { CacheSignatureProviders = false },
        });
        return result.IsValid ? null : (403, "The token is not signed by k, not for this push service, over, or lasts longer than a day.");
    }

    private static string? Value(string[] parts, string name) => parts.SingleOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static ECDsa? KeyOf(string? key)
    {
        var point = new byte[PointBytes + 2];
        if (key is null || key.Length != Base64Url.GetEncodedLength(PointBytes) || !Base64Url.TryDecodeFromChars(key, point, out var written) || written != PointBytes || point[0] != 4)
        {
            return null;
        }

        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..65] } });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
