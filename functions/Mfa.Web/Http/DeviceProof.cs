using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>
/// What a request of a device is proved by: a compact JWS (RFC 7515 section 7.1) over its method, path, body and time. Its form, its time
/// and its body are right; whether the device's key signed it, only <see cref="IsSignedBy"/> tells.
/// </summary>
public sealed class DeviceProof
{
    /// <summary>The scheme in the Authorization header.</summary>
    public const string Scheme = "MfaDevice";

    private const string Type = "mfa-device+jwt";
    private const int AtMost = 2048;
    private const int SignatureBytes = 64;

    // Either way: the clocks of phones are off.
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(60);

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private DeviceProof(string deviceId, byte[] signed, byte[] signature) => (DeviceId, _signed, _signature) = (deviceId, signed, signature);

    /// <summary>The device that it names.</summary>
    public string DeviceId { get; }

    /// <summary>Whether this key signed it (ES256, RFC 7518 section 3.4).</summary>
    /// <param name="publicKey">The key, as <see cref="Core.Device.PublicKey"/> has it.</param>
    public bool IsSignedBy(string publicKey)
    {
        using var key = DeviceKey.Open(publicKey);
        return key.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>401: the request is not the device's, or its clock is off; the answer has ours.</summary>
    public static Problem Refusal(DateTimeOffset now) => Problem.Of(StatusCodes.Status401Unauthorized, "device-proof") with
    {
        Headers = [("WWW-Authenticate", Scheme)],
        Members = [("serverTime", now.ToUnixTimeSeconds())],
    };

    /// <summary>Reads it; null where there is none, or anything in it is not as it must be. The body can be read again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time.</param>
    public static async Task<DeviceProof?> ReadAsync(HttpRequest request, DateTimeOffset now)
    {
        if (request.Headers.Authorization is not [{ Length: < AtMost } header] || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
            || header[(Scheme.Length + 1)..].Split('.') is not [var head, var payload, var signature]
            || Read(head) is not { } protectedHeader || Read(payload) is not { } claims || Bytes(signature) is not { Length: SignatureBytes } signatureBytes)
        {
            return null;
        }

        var body = await Body.ReadAsync(request);
        request.Body = new MemoryStream(body.ToArray());
        return Text(protectedHeader, "alg") == "ES256" && Text(protectedHeader, "typ") == Type && Text(protectedHeader, "kid") is { } kid
            && !protectedHeader.TryGetProperty("crit", out _)
            && Text(claims, "htm") == request.Method && Text(claims, "htu") == request.Path + request.QueryString
            && Text(claims, "bh") == WebEncoders.Base64UrlEncode(SHA256.HashData(body.Span))
            && Text(claims, "jti") is { Length: > 0 }
            && claims.TryGetProperty("iat", out var iat) && iat.ValueKind == JsonValueKind.Number && iat.TryGetInt64(out var seconds)
            && Math.Abs(seconds - now.ToUnixTimeSeconds()) <= s_within.TotalSeconds
            ? new(kid, Encoding.ASCII.GetBytes($"{head}.{payload}"), signatureBytes)
            : null;
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Read(string part)
    {
        try
        {
            return Bytes(part) is { } bytes && JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
