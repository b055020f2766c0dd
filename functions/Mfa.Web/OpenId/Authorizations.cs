using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/authorizations: the user whom a program wants signed in, and whose first step is proved, asks for the second.</summary>
public sealed class Authorizations(OpenIdClients clients, PushedRequests pushed, IdTokenHints hints, OpenChallenge open, ContactMe contactMe, ChallengeViews views, SignInPages pages, ServiceSettings service)
{
    private const int QueryAtMost = 16 * 1024;

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var query = fields.RequiredText("query", QueryAtMost);
        fields.ThrowOnFaults();
        var (request, _) = Authorize.Read(Form.OfQuery(query), clients, pushed);
        var refusal = request.Refusal
            ?? (request.Client.TakesFirstStep ? OpenIdError.Request("This client takes the first step itself.")
            : request.Client.Tenant != call.TheUser.Tenant ? new("access_denied", "The user is of another tenant.")
            // OpenID Connect Core section 3.1.2.2: nothing is told of anybody else.
            : request.IdTokenHint is { } hint && await hints.UserOfAsync(hint, request.Client) != call.TheUser.User ? new("login_required", "Another user signed in than id_token_hint is of.")
            : null);
        var (next, problem) = refusal is null ? await OpenAsync(call, request, call.TheUser, null) : (request.Refused(refusal, service.Issuer), null);
        return problem ?? Wire.Json(new { next });
    }

    /// <summary>Asks for a second step, and tells where the browser goes: to the sign-in page, or back at once.</summary>
    /// <param name="call">The request.</param>
    /// <param name="request">What the program asked for.</param>
    /// <param name="user">The user, whose first step is proved; null for the one whom the program names.</param>
    /// <param name="key">What the request is known by: the same one has the same challenge; null where its header says it.</param>
    /// <returns>Where to; or why the user can't go on for now.</returns>
    public async Task<(string? Next, Problem? Problem)> OpenAsync(Call call, AuthorizationRequest request, UserCaller? user, string? key)
    {
        var client = request.Client;
        var caller = new ChallengeCaller(client.Tenant, client.Id, null, client.IsBlind && user is null);
        var opened = await open.RunAsync(call, caller, new()
        {
            User = user?.User ?? (client.NamesById ? request.LoginHint : null),
            UserName = user is null && !client.NamesById ? request.LoginHint : null,
            Application = client.Name,
            Nonce = request.Nonce,
            Culture = request.Culture,
            Page = new(request.RedirectUri, request.State),
            Federated = new(FederatedProtocol.AuthorizationCode) { RedirectUri = request.RedirectUri, CodeChallenge = request.CodeChallenge, Scope = request.Scope },
            Insists = request.Insists,
            FirstStep = user is not null ? FirstStep.Proved : caller.IsBlind ? FirstStep.Unknown : FirstStep.Told,
            ShownName = user?.Name,
            Session = user?.Session,
            Key = key,
        });
        if (opened.Stored is not { } stored)
        {
            return opened.Refusal is { Status: StatusCodes.Status429TooManyRequests } or { Status: StatusCodes.Status422UnprocessableEntity } ? (null, opened.Refusal)
                : (request.Refused(OpenIdError.Of(opened.Refusal!), service.Issuer), null);
        }

        stored = await contactMe.PerformAsync(stored, opened.Effects, later: caller.IsBlind);
        return (views.Return(stored) ?? pages.Link(stored.Challenge()), null);
    }
}
