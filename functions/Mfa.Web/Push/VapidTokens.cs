using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Lib.Net.Http.WebPush.Authentication;

namespace Mfa.Web;

/// <summary>
/// The signed tokens that say who wakes (RFC 8292 section 2), one for each push service. One is used for hours: some push services refuse
/// those who come with another every time. It is here and not the library's for its clock, and for ports, which an audience has and the library's lacks.
/// </summary>
internal sealed class VapidTokens(VapidKey key, string subject, TimeProvider time) : IVapidTokenCache
{
    // A push service takes no token that lasts longer than a day; clocks differ.
    private static readonly TimeSpan s_lasts = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_used = TimeSpan.FromHours(6);
    private const int AudiencesAtMost = 1_000;

    private static readonly string s_header = Base64Url.EncodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"u8);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _made = [];

    // An ECDsa is for one thread at a time.
    private readonly Lock _lock = new();

    /// <summary>The token for an audience: the scheme, host and, where it isn't the scheme's own, port of a push service.</summary>
    public string Get(string audience)
    {
        var now = time.GetUtcNow();
        return _made.TryGetValue(audience, out var known) && now < known.Until ? known.Token : New(audience, now);
    }

    /// <summary>Never called with what isn't known already: the library makes no token.</summary>
    public void Put(string audience, DateTimeOffset expiration, string token)
    {
    }

    private string New(string audience, DateTimeOffset now)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = audience, exp = (now + s_lasts).ToUnixTimeSeconds(), sub = subject });
        var signed = $"{s_header}.{Base64Url.EncodeToString(claims)}";
        byte[] signature;
        lock (_lock)
        {
            signature = key.Key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        if (_made.Count >= AudiencesAtMost)
        {
            _made.Clear();
        }

        var token = $"{signed}.{Base64Url.EncodeToString(signature)}";
        _made[audience] = (token, now + s_used);
        return token;
    }
}
