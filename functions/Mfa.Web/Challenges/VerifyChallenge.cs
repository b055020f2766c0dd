using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/verify, /me/challenges/{id}/verify and /sign-ins/{id}/verify: a code.</summary>
public sealed class VerifyChallenge(VerificationAdvance advance, GivenCodes codes, ChallengeViews views, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var remember = fields.Flag("rememberBrowser");
        var read = GivenCodes.Of(fields);
        return ChallengeCaller.Id(call) is { } id
            && await advance.ApplyAsync(id, s => caller.Owns(s) ? codes.Event(s, read, remember, caller.IsBlind) : null, call.Aborted, later: caller.IsBlind) is { } applied
            ? Answer(applied, caller)
            : Problem.NotFound();
    }

    private IResult Answer(Applied applied, ChallengeCaller caller)
    {
        var challenge = applied.Stored.Challenge();
        return applied.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : challenge.Fault is { } fault && !caller.IsBlind ? AccountProblems.Of(new(fault), time.GetUtcNow())
            : applied.Answer switch
            {
                Core.Answer.Taken => views.Answer(applied.Stored, caller),
                Core.Answer.WrongCode => new Problem(StatusCodes.Status422UnprocessableEntity, "wrong-code", "This is not the code.")
                {
                    Members = [("triesLeft", Math.Max(0, policy.ChallengeWrongCodes - challenge.WrongCodes))],
                },
                Core.Answer.NotThisWay => Problem.Of(StatusCodes.Status409Conflict, "code-not-expected", "No code was sent, and the account has no authenticator: answer the call, or choose another way."),
                _ => Problem.Of(StatusCodes.Status410Gone, "verification-over", "This challenge is over. Ask for a new one."),
            };
    }
}
