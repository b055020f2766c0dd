using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/answer: what the user brought back from the sign-in page becomes the assertion, once.</summary>
public sealed class RedeemAnswer(HolderChange change, SignInPages pages, RowNames names, ChallengeViews views)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var answer = fields.RequiredText("answer", SignInPages.AnswerAtMost);
        fields.ThrowOnFaults();
        var by = IdempotencyKey.Read(call.Request) is { } key ? names.Hash("redeemed-by", key) : null;
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var (redeemed, refusal) = await change.RunAsync(id, Decide, call.Aborted);
        return redeemed is null ? refusal! : views.Redeemed(redeemed, caller);

        HolderChange.Decision? Decide(StoredHolder stored)
        {
            if (!caller.Owns(stored))
            {
                return null;
            }

            var challenge = stored.Challenge();
            return !pages.IsAnswer(answer, challenge) || !views.IsProved(stored) ? HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-answer"))
                : challenge.Page!.RedeemedBy(by) is not { } page ? HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status410Gone, "answer-used"))
                : !views.Counts(stored) ? HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status410Gone, "answer-over"))
                : new(challenge.On(page), stored.Account, null);
        }
    }
}
