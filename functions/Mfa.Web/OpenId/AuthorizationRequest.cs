using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>
/// A request for a sign-in (OpenID Connect Core section 3.1.2.1): authorization code with PKCE, and nothing else. Of one whose client or address is not known, nothing
/// may go back; everything else that is wrong is told where it goes back to.
/// </summary>
public sealed partial record AuthorizationRequest
{
    private const int StateAtMost = 2048;
    private const int NonceAtMost = 512;
    private const int HintAtMost = 256;

    private static readonly string[] s_where = ["client_id", "redirect_uri", "request_uri", "state"];

    /// <summary>The parameters that are looked at.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. s_where, "response_type", "response_mode", "scope", "nonce", "code_challenge", "code_challenge_method", "login_hint", "id_token_hint", "ui_locales", "acr_values", "prompt", "max_age", "request"];

    public required OpenIdClient Client { get; init; }

    public required string RedirectUri { get; init; }

    public string? State { get; init; }

    public string? Nonce { get; private init; }

    public string CodeChallenge { get; private init; } = "";

    public string Scope { get; private init; } = "";

    /// <summary>Whom it is about, as the program says.</summary>
    public string? LoginHint { get; private init; }

    /// <summary>An ID token of the one whom it has to be; null for anybody.</summary>
    public string? IdTokenHint { get; private init; }

    public string? Culture { get; private init; }

    /// <summary>Whether nothing but a second step will do.</summary>
    public bool Insists { get; private init; }

    /// <summary>Why it is refused; null where it is not.</summary>
    public OpenIdError? Refusal { get; private init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="BadRequestException">It is of no client, or would go back to an address that is none of the client's.</exception>
    public static AuthorizationRequest Read(Form form, OpenIdClients clients)
    {
        var faults = new Dictionary<string, string[]>();
        var client = clients.Find(form["client_id"]);
        if (client is null)
        {
            faults["client_id"] = ["is no client of this service"];
        }
        else if (form["redirect_uri"] is not { } address || !client.RedirectUris.Contains(address))
        {
            var isPushed = form["redirect_uri"] is null && form["request_uri"] is not null;
            faults[isPushed ? "request_uri" : "redirect_uri"] = [isPushed ? $"is over, or was not pushed here by {client.Id}" : $"is none of the addresses that are set for {client.Id}, character for character"];
        }

        // Of two, nobody knows which one whoever waits there would take for its own.
        foreach (var doubled in s_where.Where(form.IsDoubled))
        {
            faults[doubled] = ["stands there twice"];
        }

        if (form["state"]?.Length > StateAtMost)
        {
            faults["state"] = [$"is longer than {StateAtMost} characters"];
        }

        return faults.Count > 0 ? throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "openid-request") with { Errors = faults }) : new()
        {
            Client = client!,
            RedirectUri = form["redirect_uri"]!,
            State = form["state"],
            Refusal = RefusalOf(form),
            Nonce = form["nonce"],
            CodeChallenge = form["code_challenge"] ?? "",
            Scope = string.Join(' ', form.Words("scope").Intersect(OpenIdDocument.Scopes)),
            LoginHint = form["login_hint"],
            IdTokenHint = form["id_token_hint"],
            Culture = form.Words("ui_locales").Select(Cultures.Known).FirstOrDefault(c => c is not null),
            Insists = client!.Insists || (form["acr_values"] is not null && !form.Words("acr_values").Contains(Acr.NotRequired)),
        };
    }

    /// <summary>It, refused.</summary>
    public AuthorizationRequest Without(OpenIdError refusal) => this with { Refusal = refusal };

    /// <summary>The address that tells an error (RFC 6749 section 4.1.2.1), with the issuer (RFC 9207).</summary>
    public string Refused(OpenIdError error, string issuer) => Back(RedirectUri, [("error", error.Error), ("error_description", error.Says), ("state", State), ("iss", issuer)]);

    private static string Back(string address, (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(address, more.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Name, m.Value)));

    private static OpenIdError? RefusalOf(Form form)
    {
        var (acr, prompt) = (form.Words("acr_values"), form.Words("prompt"));
        return form.Doubled is not null ? OpenIdError.Request("A parameter stands there twice.")
            : form["request"] is not null ? new("request_not_supported", "Push the request instead (RFC 9126).")
            : form["request_uri"] is not null ? new("request_uri_not_supported", "Only what was pushed here is taken.")
            : form["response_type"] is not "code" ? new("unsupported_response_type", "response_type can only be code.")
            : form["response_mode"] is not (null or "query") ? OpenIdError.Request("response_mode can only be query.")
            : !form.Words("scope").Contains("openid") ? new("invalid_scope", "scope has no openid.")
            : form["code_challenge_method"] is not "S256" || form["code_challenge"] is not { } challenge || !S256().IsMatch(challenge) ? OpenIdError.Request("code_challenge is missing, or is not by S256 (RFC 7636).")
            : form["nonce"]?.Length > NonceAtMost || form["login_hint"] is { } hint && (hint.Length > HintAtMost || hint.Any(char.IsControl)) ? OpenIdError.Request("nonce or login_hint is too long, or no text.")
            : form["max_age"] is { } age && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? OpenIdError.Request("max_age is no number of seconds.")
            // A second step is taken each time; nobody is signed in here.
            : prompt.Contains("none") ? (prompt.Count > 1 ? OpenIdError.Request("prompt says none and something else.") : new("login_required", "A second step is taken each time, and is seen."))
            : acr.Count > 0 && !acr.Any(OpenIdDocument.AcrValues.Contains) ? new("unmet_authentication_requirements", $"acr_values can be {string.Join(", ", OpenIdDocument.AcrValues)}.")
            : null;
    }

    // base64url of 32 bytes.
    [GeneratedRegex(@"\A[A-Za-z0-9_-]{43}\z")]
    private static partial Regex S256();
}
