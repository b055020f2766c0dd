using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What a request of the sign-in page shows. It has the form of a ticket; whether it opens a challenge, only that challenge tells.</summary>
/// <param name="Text">The ticket out of the link.</param>
/// <param name="Window">What the page drew for its window; null where it drew nothing.</param>
public sealed record SignInTicket(string Text, string? Window)
{
    /// <summary>The scheme in the Authorization header: <c>MfaSignIn {ticket}.{window}</c>.</summary>
    public const string Scheme = "MfaSignIn";

    /// <summary>How the ticket of a caller begins who may not learn who exists.</summary>
    public const char Blind = 'b';

    /// <summary>How another's begins.</summary>
    public const char Plain = 'p';

    // HMAC-SHA256 as base64url, behind its first letter.
    private const int Length = 44;
    private const int WindowAtLeast = 22;
    private const int WindowAtMost = 64;

    private static readonly SearchValues<char> s_base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Whether whoever asked may not learn who exists. The ticket is no ticket where this was changed.</summary>
    public bool IsBlind => Text[0] == Blind;

    /// <summary>Prints no ticket.</summary>
    public override string ToString() => nameof(SignInTicket);

    /// <summary>401: the request shows none.</summary>
    public static Problem Refusal() => Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/ticket") with
    {
        Headers = [("WWW-Authenticate", Scheme)],
    };

    /// <summary>Reads it; null where there is none of this form.</summary>
    public static SignInTicket? Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Parse(header[(Scheme.Length + 1)..]);
    }

    /// <summary>Reads <c>{ticket}.{window}</c>; null where it is not of this form.</summary>
    public static SignInTicket? Parse(string shown)
    {
        var parts = shown.Split('.');
        return parts.All(p => p.AsSpan().IndexOfAnyExcept(s_base64Url) < 0)
            && parts is [[Blind or Plain, ..] and { Length: Length }, ..]
            && parts is [_] or [_, { Length: >= WindowAtLeast and <= WindowAtMost }]
            ? new(parts[0], parts.Length > 1 ? parts[1] : null)
            : null;
    }
}
