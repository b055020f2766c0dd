using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>
/// POST /par (RFC 9126): a program that proved itself says what it will ask for, and gets a name for that, which the browser brings. The name is the request itself,
/// sealed: nothing is stored.
/// </summary>
public sealed class PushedRequests(OpenIdCalls calls, OpenIdClients clients, KeyRing keys, TimeProvider time)
{
    private const string Prefix = "urn:ietf:params:oauth:request_uri:";
    private const string Place = "pushed-request";

    // Sealed, and in an address of 8 KB at most.
    private const int QueryAtMost = 3500;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(90);

    // Of a password that has to be looked up first.
    private static readonly TimeSpan s_firstStepLasts = TimeSpan.FromHours(1);

    // What the page of the first step hands on to its issuer.
    private static readonly string[] s_handedOn = ["login_hint", "prompt", "max_age"];

    private static readonly string[] s_proofs = ["client_secret", "client_assertion", "client_assertion_type"];

    private sealed record Sealed(string Client, long Until, string Query);

    public Task<IResult> RunAsync(Call call) => calls.RunAsync(call, asked => Task.FromResult(Push(asked)));

    /// <summary>The request of a name; null where there is none of this client's, or its time is over.</summary>
    public Form? Find(string name, string? client)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var text = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(name[Prefix.Length..]));
            var found = JsonSerializer.Deserialize<Sealed>(keys.Open(text, Place))!;
            return found.Client == client && time.GetUtcNow().ToUnixTimeSeconds() < found.Until ? Form.OfQuery(found.Query) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>It, found in its time, under a name that lasts as long as a user may take for the first step.</summary>
    public Form Kept(string client, Form found) => found.Only(s_handedOn).With("client_id", client).With("request_uri", Name(client, found, s_firstStepLasts));

    private string Name(string client, Form form, TimeSpan lasts) => Prefix + WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(
        keys.Seal(JsonSerializer.SerializeToUtf8Bytes(new Sealed(client, (time.GetUtcNow() + lasts).ToUnixTimeSeconds(), form.Query)), Place)));

    private IResult Push(OpenIdCall asked)
    {
        if (asked.Form["request_uri"] is not null)
        {
            return OpenIdError.Request("A request that is pushed names no other one.");
        }

        var form = asked.Form.With("client_id", asked.Client.Id).Without(s_proofs);
        AuthorizationRequest request;
        try
        {
            request = AuthorizationRequest.Read(form, clients);
        }
        catch (BadRequestException bad)
        {
            return OpenIdError.Request(string.Join(' ', bad.Problem.Errors?.Select(e => $"{e.Key} {e.Value[0]}.") ?? []));
        }

        if (request.Refusal is { } refusal)
        {
            return refusal;
        }

        if (asked.Client.TakesFirstStep && (request.LoginHint is null || request.IdTokenHint is not null))
        {
            return OpenIdError.Request("login_hint is missing, or id_token_hint is there: who takes the first step says whose it was.");
        }

        return form.Query.Length > QueryAtMost ? OpenIdError.Request("The request is too long.") : Wire.Json(
            new Dictionary<string, object>
            {
                ["request_uri"] = Name(asked.Client.Id, form, s_lifetime),
                ["expires_in"] = (int)s_lifetime.TotalSeconds,
            },
            StatusCodes.Status201Created);
    }
}
