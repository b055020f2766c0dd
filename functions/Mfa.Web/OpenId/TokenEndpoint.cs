using System.Security.Cryptography;
using System.Text;
using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>POST /token: a code, or what a second step without a browser came to, becomes tokens: once, for the program that asked for it.</summary>
public sealed class TokenEndpoint(OpenIdCalls calls, HolderChange change, VerificationAdvance advance, SignInPages pages, ChallengeViews views, TokenAnswers answers, PollPace pace)
{
    private const int VerifierAtMost = 128;

    public Task<IResult> RunAsync(Call call) => calls.RunAsync(call, asked => asked.Form["grant_type"] switch
    {
        "authorization_code" => RedeemAsync(call, asked),
        OpenIdDocument.Ciba when asked.Client.UsesBackchannel => PollAsync(call, asked),
        OpenIdDocument.Ciba => Task.FromResult<IResult>(new OpenIdError("unauthorized_client", "This client may not ask without a browser.")),
        null => Task.FromResult<IResult>(OpenIdError.Request("grant_type is missing.")),
        _ => Task.FromResult<IResult>(new OpenIdError("unsupported_grant_type", $"grant_type can be authorization_code or {OpenIdDocument.Ciba}.")),
    });

    private async Task<IResult> RedeemAsync(Call call, OpenIdCall asked)
    {
        var refused = new OpenIdError("invalid_grant", "The code is used, over a minute old, or of another client_id, redirect_uri or code_verifier.");
        if (asked.Form["code"] is not { } code || SignInPages.ChallengeOf(code) is not { } id)
        {
            return refused;
        }

        var (stored, _) = await change.RunAsync(id, s => Decide(s), call.Aborted);
        return stored is null ? refused : answers.Of(stored, asked.Client);

        HolderChange.Decision? Decide(StoredHolder stored) =>
            stored.Holder is Challenge challenge && IsOf(stored, challenge, asked.Client) && pages.IsCode(code, challenge)
                && challenge.Federated!.RedirectUri == asked.Form["redirect_uri"] && IsVerified(challenge.Federated.CodeChallenge!, asked.Form["code_verifier"])
                && views.Counts(stored) && challenge.Page!.Redeemed is null && challenge.Page.RedeemedBy(null) is { } page ? new(challenge.On(page), stored.Account, null) : null;
    }

    private async Task<IResult> PollAsync(Call call, OpenIdCall asked)
    {
        var unknown = new OpenIdError("invalid_grant", "There is no such auth_req_id of this client, or its tokens were had.");
        if (asked.Form["auth_req_id"] is not { } id || !RowNames.IsId(id) || RowNames.MarkOf(id) != ChallengeKind.Rows.Mark
            || await advance.FindAsync(id, call.Aborted) is not { Holder: Challenge { Federated.Protocol: FederatedProtocol.Backchannel } found } stored || !IsOf(stored, found, asked.Client))
        {
            return unknown;
        }

        var caller = new ChallengeCaller(asked.Client.Tenant, asked.Client.Id, null, asked.Client.IsBlind);
        switch (views.StateOf(found, caller))
        {
            case ChallengeState.Open:
                return pace.IsTooFast(id) ? new OpenIdError("slow_down", "Ask less often: five seconds more between two.") : new OpenIdError("authorization_pending", "The user has not answered yet.");
            case ChallengeState.Expired:
                return new OpenIdError("expired_token", "The user did not answer in time.");
            case ChallengeState.Verified or ChallengeState.Satisfied:
                var (collected, _) = await change.RunAsync(id, s => s.Challenge() is { Federated: { IsCollected: false } request } challenge ? new(challenge with { Federated = request with { IsCollected = true } }, s.Account, null) : null, call.Aborted);
                return collected is null ? unknown : answers.Of(collected, asked.Client);
            default:
                return new OpenIdError("access_denied", "The user refused, or failed to prove who they are.");
        }
    }

    private static bool IsOf(StoredHolder stored, Challenge challenge, OpenIdClient client) => challenge.Client == client.Id && stored.Account.Tenant == client.Tenant;

    // RFC 7636 section 4.6.
    private static bool IsVerified(string challenge, string? verifier) =>
        verifier is { Length: > 0 and <= VerifierAtMost }
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(challenge), Encoding.ASCII.GetBytes(WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))));
}
