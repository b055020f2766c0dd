using System.Security.Cryptography;
using System.Text;

namespace Mfa.VirtualPhone;

/// <summary>The arithmetic of ACS's key credential.</summary>
internal static class RequestSignature
{
    public const string SignedHeaders = "x-ms-date;host;x-ms-content-sha256";

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    /// <summary>The Authorization header that belongs to a request.</summary>
    public static string Authorization(byte[] key, string verb, string pathAndQuery, string date, string host, string contentHash)
    {
        var text = $"{verb}\n{pathAndQuery}\n{date};{host};{contentHash}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return $"HMAC-SHA256 SignedHeaders={SignedHeaders}&Signature={signature}";
    }

    /// <summary>Compares in fixed time.</summary>
    public static bool Same(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
