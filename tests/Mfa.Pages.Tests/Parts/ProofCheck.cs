using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mfa.Pages.Tests;

/// <summary>Checks the signature of a device's request, every member of it.</summary>
internal static class ProofCheck
{
    private const string Scheme = "MfaDevice ";

    /// <summary>The fault, or null.</summary>
    public static string? Fault(HttpRequest request, byte[] body, DeviceRow device, DateTimeOffset now)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return "no proof";
        }

        var parts = authorization[Scheme.Length..].Split('.');
        if (parts.Length != 3)
        {
            return "not a compact JWS";
        }

        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        if (header.RootElement.GetRawText() != $$"""{"alg":"ES256","typ":"mfa-device+jwt","kid":"{{device.Id}}"}""")
        {
            return $"header {header.RootElement.GetRawText()}";
        }

        if (!device.Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            return "signature";
        }

        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var of = payload.RootElement;
        var age = now.ToUnixTimeSeconds() - of.GetProperty("iat").GetInt64();
        return of.EnumerateObject().Count() != 5 ? "members"
            : of.GetProperty("htm").GetString() != request.Method ? "htm"
            : of.GetProperty("htu").GetString() != request.Path + request.QueryString ? "htu"
            : of.GetProperty("bh").GetString() != Canonical.Base64Url(SHA256.HashData(body)) ? "bh"
            : Math.Abs(age) > 60 ? "iat"
            : of.GetProperty("jti").GetString() is not { Length: >= 20 } jti || !device.Used.TryAdd(jti, true) ? "jti"
            : null;
    }
}
