using System.Collections.Immutable;
using System.Text.Json;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What Entra asks for, with all of it checked but the hint. Parameters that it may add one day are not looked at.</summary>
public sealed record ExternalMfaRequest
{
    // As they stand in a row, with all that has to be escaped.
    private const int StateAtMost = 8 * 1024;
    private const int NonceAtMost = 1024;
    private const string IdToken = "id_token";

    private static readonly string[] s_names = ["client_id", "redirect_uri", "response_type", "response_mode", "scope", "nonce", "state", "claims", "id_token_hint", "client-request-id"];

    public required string Hint { get; init; }

    public required string Nonce { get; init; }

    public string? State { get; init; }

    /// <summary>The <c>acr</c> that the answer may have, of those that a second step here is, as they are liked.</summary>
    public required ImmutableArray<string> Acr { get; init; }

    /// <summary>The ways whose <c>amr</c> the answer may have.</summary>
    public required ImmutableArray<How> Ways { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="BadRequestException">Something is missing or wrong: then nothing of it is to be trusted, least of all where it would go back to.</exception>
    public static ExternalMfaRequest Read(Form form, ExternalMfaSettings settings)
    {
        var faults = new Dictionary<string, string[]>();
        if (form.Doubled is { } doubled)
        {
            // What a stranger calls one is no text for our page.
            faults[s_names.Contains(doubled) ? doubled : "a parameter"] = ["stands there twice"];
        }

        Expect("client_id", v => v == settings.ClientId, "is not ExternalMfa__ClientId");
        Expect("redirect_uri", v => v == settings.RedirectUri, $"is not {settings.RedirectUri}");
        Expect("response_type", v => v.Equals(IdToken, StringComparison.OrdinalIgnoreCase), "is not id_token");
        Expect("response_mode", v => v == "form_post", "is not form_post");
        Expect("scope", v => v.Split(' ').Contains("openid"), "has no openid");
        Expect("nonce", v => IsShort(v, NonceAtMost), "is too long");
        Expect("id_token_hint", _ => true, "");
        if (form["state"] is { } state && !IsShort(state, StateAtMost))
        {
            faults["state"] = ["is too long"];
        }

        var (acr, amr) = (Values(form["claims"], "acr"), Values(form["claims"], "amr"));
        if (acr is null || amr is null)
        {
            faults["claims"] = ["is not {\"id_token\":{\"acr\":{\"values\":[…]},\"amr\":{\"values\":[…]}}}"];
        }

        acr = [.. (acr ?? []).Where(ExternalMfaTokens.IsAcr)];
        var ways = Enum.GetValues<How>().Where(how => amr?.Contains(ExternalMfaTokens.AmrOf(how)) == true).ToImmutableArray();
        if (acr.Value.IsEmpty || ways.IsEmpty)
        {
            faults.TryAdd("claims", [$"asks for nothing that a second step here is: acr {string.Join(", ", ExternalMfaTokens.Acr)}; amr {string.Join(", ", ExternalMfaTokens.Amr)}"]);
        }

        return faults.Count > 0 ? throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "external-mfa/request") with { Errors = faults }) : new()
        {
            Hint = form["id_token_hint"]!,
            Nonce = form["nonce"]!,
            State = form["state"],
            Acr = acr.Value,
            Ways = ways,
        };

        void Expect(string name, Func<string, bool> fits, string otherwise)
        {
            if (form[name] is not { } value || !fits(value))
            {
                faults.TryAdd(name, [form[name] is null ? "is missing" : otherwise]);
            }
        }
    }

    private static bool IsShort(string text, int atMost) => text.Length <= atMost && JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length <= atMost;

    // OpenID Connect Core section 5.5.
    private static ImmutableArray<string>? Values(string? claims, string name)
    {
        if (claims is null)
        {
            return null;
        }

        try
        {
            var json = JsonElement.Parse(claims);
            return [.. json.GetProperty(IdToken).GetProperty(name).GetProperty("values").EnumerateArray().Select(v => v.GetString() ?? "")];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
