using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mfa.VirtualPhone;

/// <summary>Proves an application server to a push service (RFC 8292).</summary>
internal static class VapidProof
{
    private const int PointBytes = 65;
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>Why a header proves nothing; null where it does.</summary>
    /// <param name="header">The Authorization header: <c>vapid t=…, k=…</c>.</param>
    /// <param name="origin">The push service's own origin.</param>
    /// <param name="key">The key of the subscription; null for any.</param>
    /// <param name="now">The time.</param>
    public static string? Fault(string? header, string origin, string? key, DateTimeOffset now)
    {
        if (header is null || !header.StartsWith("vapid ", StringComparison.OrdinalIgnoreCase)) { return "There is no vapid authorization."; }
        var parts = header["vapid ".Length..].Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1].TrimEnd('='));
        if (!parts.TryGetValue("t", out var token) || !parts.TryGetValue("k", out var given) || token.Split('.') is not [var head, var payload, var signature]) { return "t or k is missing."; }
        if (key is not null && given != key.TrimEnd('=')) { return "The key is not the subscription's."; }
        try
        {
            var point = Base64Url.DecodeFromChars(given);
            if (point.Length != PointBytes) { return "The key is no point."; }
            using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
            if (!ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{head}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)) { return "The signature is wrong."; }
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(payload));
            var ends = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
            // Libraries leave the port out: real services are at the usual one, where an origin has none.
            return claims.GetProperty("aud").GetString() is var aud && aud != origin && aud != origin[..origin.LastIndexOf(':')] ? "aud is not this push service."
                : ends <= now || ends > now + s_longest ? "exp is over, or more than 24 hours away."
                : claims.GetProperty("sub").GetString() is { } sub && (sub.StartsWith("mailto:", StringComparison.Ordinal) || sub.StartsWith("https:", StringComparison.Ordinal)) ? null
                : "sub is no address.";
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "The token can't be read.";
        }
    }
}
