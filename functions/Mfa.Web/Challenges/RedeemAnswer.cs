using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/answer: what the user brought back from the sign-in page becomes the assertion, once.</summary>
public sealed class RedeemAnswer(HolderRows rows, SignInPages pages, RowNames names, ChallengeViews views)
{
    private const int TriesAtMost = 20;

    // Of a request without a key nobody can tell that it is the same one again.
    private const string ByNobody = "-";

    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var answer = fields.RequiredText("answer", SignInPages.AnswerAtMost);
        fields.ThrowOnFaults();
        var by = IdempotencyKey.Read(call.Request) is { } key ? names.Hash("redeemed-by", key) : ByNobody;
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            if (await rows.FindAsync(id, call.Aborted) is not { } stored || !caller.Owns(stored))
            {
                return Problem.NotFound();
            }

            var challenge = stored.Challenge();
            if (!pages.IsAnswer(answer, challenge) || !views.IsProved(stored))
            {
                return Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-answer");
            }

            var before = challenge.Page!.Redeemed;
            if (before is not null && (before != by || by == ByNobody))
            {
                return Problem.Of(StatusCodes.Status410Gone, "answer-used");
            }

            if (!views.Counts(stored))
            {
                return Problem.Of(StatusCodes.Status410Gone, "answer-over");
            }

            if ((before is null ? await rows.SaveAsync(stored, challenge with { Page = challenge.Page with { Redeemed = by } }, stored.Account) : stored) is { } redeemed)
            {
                return views.Redeemed(redeemed, caller);
            }

            await Contention.PauseAsync(tries, call.Aborted);
        }

        throw new ContendedException();
    }
}
