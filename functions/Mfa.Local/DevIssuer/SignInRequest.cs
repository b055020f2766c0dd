using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.Local;

/// <summary>An authorization request (RFC 6749 section 4.1.1) with a proof key (RFC 7636), as OpenID Connect Core section 3.1.2.1 completes it.</summary>
/// <param name="Client">The client's id.</param>
/// <param name="RedirectUri">Where the answer goes.</param>
/// <param name="Scope">What is asked for; may be nothing.</param>
/// <param name="State">What goes back unread.</param>
/// <param name="Nonce">What the ID token repeats.</param>
/// <param name="Challenge">The hash of the verifier.</param>
/// <param name="Hint">Who is likely to sign in.</param>
/// <param name="Prompt">Whether a page must, or must not, be shown.</param>
public sealed record SignInRequest(
    string Client, string RedirectUri, string Scope, string? State, string? Nonce, string Challenge, string? Hint, SignInPrompt Prompt)
{
    /// <summary>The parameters, and what is wrong with them; both null never.</summary>
    public static (SignInRequest? Request, SignInRefusal? Refusal) Read(IQueryCollection query)
    {
        string? client = One("client_id"), redirect = One("redirect_uri");
        if (client is null || !DevCaller.IsPlain(client))
        {
            return (null, new("invalid_request", "client_id is not one name of up to 64 letters, digits, dots, hyphens and underscores.", null, null));
        }

        if (redirect is null || !RedirectAddress.IsAllowed(redirect))
        {
            return (null, new("invalid_request", "redirect_uri is not one http address of this machine (127.0.0.1, localhost or [::1]) without a fragment.", null, null));
        }

        var prompt = Prompted(One("prompt"));
        var (error, says) = query switch
        {
            _ when query.FirstOrDefault(q => q.Value.Count > 1).Key is { } twice => ("invalid_request", $"{twice} stands there twice."),
            _ when query.ContainsKey("request") => ("request_not_supported", "The parameters are to stand in the query."),
            _ when query.ContainsKey("request_uri") => ("request_uri_not_supported", "The parameters are to stand in the query."),
            _ when One("response_type") is null => ("invalid_request", "response_type is missing."),
            _ when One("response_type") != "code" => ("unsupported_response_type", "response_type can only be code."),
            _ when One("response_mode") is not (null or "query") => ("invalid_request", "response_mode can only be query."),
            _ when One("code_challenge_method") != "S256" => ("invalid_request", "code_challenge_method must be S256."),
            _ when !IsChallenge(One("code_challenge")) => ("invalid_request", "code_challenge is not a SHA-256 hash in base64url."),
            _ when One("scope") is { } scope && !IsScope(scope) => ("invalid_scope", "scope is not words of RFC 6749 section 3.3 with single spaces between."),
            _ when prompt is null => ("invalid_request", "prompt is none of none, login and select_account."),
            _ => default,
        };
        return error is not null
            ? (null, new(error, says!, redirect, One("state")))
            : (new(client, redirect, One("scope") ?? "", One("state"), One("nonce"), One("code_challenge")!, One("login_hint"), prompt!.Value), null);

        string? One(string name) => query[name] is [{ Length: > 0 } value] ? value : null;
    }

    /// <summary>Whether a verifier is the one that the request's challenge was made of (RFC 7636 section 4.6).</summary>
    public bool IsProvedBy(string verifier) =>
        verifier.Length is >= 43 and <= 128
        && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == Challenge;

    private static SignInPrompt? Prompted(string? prompt) => prompt switch
    {
        null => SignInPrompt.AsNeeded,
        "none" => SignInPrompt.None,
        "login" or "select_account" => SignInPrompt.Login,
        _ => null,
    };

    private static bool IsChallenge(string? challenge) =>
        challenge?.Length == 43 && challenge.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsScope(string scope) =>
        scope.Split(' ').All(word => word.Length > 0 && word.All(c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~')));
}
