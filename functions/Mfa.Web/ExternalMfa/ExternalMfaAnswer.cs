using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What the browser posts, and where.</summary>
/// <param name="Action">The address.</param>
/// <param name="Fields">The form's fields.</param>
public sealed record ExternalMfaForm(string Action, IReadOnlyDictionary<string, string> Fields);

/// <summary>POST /external-mfa/answers/{id}: what the sign-in page was left with becomes the form that is posted to Entra, once.</summary>
public sealed class ExternalMfaAnswer(HolderChange change, SignInPages pages, ExternalMfaTokens tokens, ChallengeViews views, RowNames names)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var answer = fields.RequiredText("answer", SignInPages.AnswerAtMost);
        fields.ThrowOnFaults();
        var by = IdempotencyKey.Read(call.Request) is { } key ? names.Hash("redeemed-by", key) : null;
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var (stored, refusal) = await change.RunAsync(id, Decide, call.Aborted);
        return stored is null ? refusal! : Wire.Json(Form(stored, pages.IsAnswer(answer, stored.Challenge())));

        HolderChange.Decision? Decide(StoredHolder stored)
        {
            var challenge = stored.Holder as Challenge;
            return challenge is not { Federated.Protocol: FederatedProtocol.ExternalMfa } ? null
                : !(pages.IsAnswer(answer, challenge) && views.IsProved(stored)) && !pages.IsRefusal(answer, challenge) ? null
                : challenge.Page!.RedeemedBy(by) is not { } page ? HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status410Gone, "answer-used"))
                : new(challenge.On(page), stored.Account, null);
        }
    }

    private ExternalMfaForm Form(StoredHolder stored, bool isProved)
    {
        var challenge = stored.Challenge();
        var token = isProved && views.Counts(stored) ? tokens.Sign(challenge) : null;
        var fields = new Dictionary<string, string> { [token is null ? "error" : "id_token"] = token ?? "access_denied" };
        if (challenge.Page!.State is { } state)
        {
            fields["state"] = state;
        }

        return new(challenge.Federated!.RedirectUri!, fields);
    }
}
