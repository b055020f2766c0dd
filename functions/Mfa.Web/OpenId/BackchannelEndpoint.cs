using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// POST /bc-authorize (OpenID Connect Client-Initiated Backchannel Authentication 1.0, poll): a program without a browser asks for a second step. It is a challenge as any; its
/// id is the request's.
/// </summary>
public sealed class BackchannelEndpoint(OpenIdCalls calls, OpenChallenge open, ContactMe contactMe, IdTokenHints hints, TimeProvider time)
{
    private const int HintAtMost = 256;
    private const int MessageAtMost = 100;

    private static readonly string[] s_hints = ["login_hint", "id_token_hint", "login_hint_token"];

    public Task<IResult> RunAsync(Call call) => calls.RunAsync(call, asked => AskAsync(call, asked));

    private async Task<IResult> AskAsync(Call call, OpenIdCall asked)
    {
        var (form, client) = (asked.Form, asked.Client);
        if (!client.UsesBackchannel)
        {
            return new OpenIdError("unauthorized_client", "This client may not ask without a browser.");
        }

        if (Fault(form) is { } fault)
        {
            return fault;
        }

        var hint = form["login_hint"];
        var name = client.NamesById ? null : hint;
        var user = hint is null ? await hints.UserOfAsync(form["id_token_hint"]!, client) : client.NamesById ? hint : null;
        if ((name ?? user) is null)
        {
            return OpenIdError.Request("id_token_hint is none of this client's.");
        }

        var caller = new ChallengeCaller(client.Tenant, client.Id, null, client.IsBlind);
        var opened = await open.RunAsync(call, caller, new()
        {
            User = user,
            UserName = name,
            Application = client.Name,
            Context = form["binding_message"] is { } message ? new(message, [], ContextHash.Of(message, [])) : null,
            // A code of an authenticator has nowhere to be typed; who may not learn what a user has waits for it all the same.
            Federated = new(FederatedProtocol.Backchannel) { Ways = client.IsBlind ? [] : [How.Notification, How.Text, How.Call], Scope = string.Join(' ', form.Words("scope").Intersect(OpenIdDocument.Scopes)) },
            Lifetime = form["requested_expiry"] is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : null,
            Insists = true,
        });
        if (opened.Stored is not { } stored)
        {
            return opened.Refusal is { Status: StatusCodes.Status409Conflict } ? new OpenIdError("unknown_user_id", "Nobody of this hint is set up here, or can be asked without a page.") : Refused(OpenIdError.Of(opened.Refusal!));
        }

        stored = await contactMe.PerformAsync(stored, opened.Effects, later: client.IsBlind);
        return Wire.Json(Answer(stored.Challenge()));
    }

    // Section 13.
    private static OpenIdError Refused(OpenIdError error) => error.Error == "access_denied" ? error with { Status = StatusCodes.Status403Forbidden } : error;

    private static OpenIdError? Fault(Form form) =>
        !form.Words("scope").Contains("openid") ? new("invalid_scope", "scope has no openid.")
        : s_hints.Count(n => form[n] is not null) != 1 ? OpenIdError.Request("One of login_hint and id_token_hint says whom to ask.")
        : form["login_hint_token"] is not null ? OpenIdError.Request("login_hint_token is not taken.")
        : form["login_hint"] is { } hint && (hint.Length > HintAtMost || hint.Any(char.IsControl)) ? OpenIdError.Request("login_hint is too long, or no text.")
        : form["binding_message"] is { } message && (message.Length > MessageAtMost || message.Any(IsUnseen)) ? new("invalid_binding_message", $"binding_message has at most {MessageAtMost} characters, all of them to be seen.")
        : form["requested_expiry"] is { } expiry && !(int.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0) ? OpenIdError.Request("requested_expiry is no number of seconds.")
        : form["acr_values"] is not null && !form.Words("acr_values").Contains(Acr.SecondStep) ? OpenIdError.Request($"acr_values can be {Acr.SecondStep}.")
        : null;

    // What turns the words around it, too: a text shows them as they come.
    private static bool IsUnseen(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private Dictionary<string, object> Answer(Challenge challenge)
    {
        var answer = new Dictionary<string, object>
        {
            ["auth_req_id"] = challenge.Id,
            ["expires_in"] = (int)(challenge.ExpiresAt - time.GetUtcNow()).TotalSeconds,
            ["interval"] = PollPace.Interval,
        };
        if ((challenge.Pretence is { } pretence ? pretence.Number : challenge.Verification?.MatchNumber) is { } number)
        {
            // The user types on the phone what is shown here: in the words of others who have it, too.
            answer["binding_method"] = "transfer";
            answer["binding_code"] = number.ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }
}
