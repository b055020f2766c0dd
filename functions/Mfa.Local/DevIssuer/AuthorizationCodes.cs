using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Mfa.Local;

/// <summary>The codes that were given out and not yet redeemed: in memory, as nobody waits a minute across a restart.</summary>
public sealed class AuthorizationCodes(TimeProvider time)
{
    /// <summary>How long a code is good; RFC 6749 section 4.1.2 wants it short.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (SignInRequest Request, DevCaller Caller, DateTimeOffset Until)> _codes = new(StringComparer.Ordinal);

    /// <summary>A code for somebody who has signed in.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="user">Who it is.</param>
    /// <param name="session">Their session.</param>
    public string Give(SignInRequest request, string user, string session)
    {
        var now = time.GetUtcNow();
        foreach (var (old, held) in _codes)
        {
            if (held.Until <= now)
            {
                _codes.TryRemove(old, out _);
            }
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _codes[code] = (request, new(DevCaller.DemoTenant, user, request.Client, session, []), now + Lifetime);
        return code;
    }

    /// <summary>What a code stands for, once; null where it isn't good, or isn't this one's. A try with anything wrong uses it up.</summary>
    /// <param name="code">The code.</param>
    /// <param name="client">Who redeems it.</param>
    /// <param name="redirectUri">Where it was sent, letter for letter (RFC 6749 section 4.1.3).</param>
    /// <param name="verifier">What proves that it was asked for by the one who redeems it (RFC 7636).</param>
    public (SignInRequest Request, DevCaller Caller)? Redeem(string code, string client, string redirectUri, string verifier) =>
        _codes.TryRemove(code, out var held) && time.GetUtcNow() < held.Until
        && held.Request.Client == client && held.Request.RedirectUri == redirectUri && held.Request.IsProvedBy(verifier)
            ? (held.Request, held.Caller) : null;
}
