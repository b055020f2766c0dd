using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/verify, /me/challenges/{id}/verify and /sign-ins/{id}/verify: a code, or on the sign-in page a method that was set up in it.</summary>
public sealed class VerifyChallenge(VerificationAdvance advance, HolderRows rows, HolderChange change, GivenCodes codes, ChallengeViews views, AccountPolicy policy, TimeProvider time)
{
    private const int EnrollmentAtMost = 100;

    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        if (caller.Page is not null && fields.Text("enrollment", EnrollmentAtMost) is { } enrollment)
        {
            fields.ThrowOnFaults();
            return await SetUpAsync(call, caller, enrollment);
        }

        var remember = fields.Flag("rememberBrowser");
        var read = GivenCodes.Of(fields);
        if (ChallengeCaller.Id(call) is not { } id
            || await advance.ApplyAsync(id, s => caller.Owns(s) ? codes.Event(s, read, remember, caller.IsBlind) : null, call.Aborted, later: caller.IsBlind) is not { } applied)
        {
            return Problem.NotFound();
        }

        call.IsFor(applied.Stored.Account);
        return Answer(applied, caller);
    }

    private async Task<IResult> SetUpAsync(Call call, ChallengeCaller caller, string enrollment)
    {
        if (ChallengeCaller.Id(call) is not { } id || !RowNames.IsId(enrollment) || RowNames.AccountOf(enrollment) != RowNames.AccountOf(id)
            || await advance.FindAsync(enrollment, call.Aborted) is not { Holder: var setUp }
            // With the account as it is by now: the method is part of it since a moment ago.
            || await rows.RefreshAsync(id, call.Aborted) is not { } read)
        {
            return Problem.NotFound();
        }

        var (stored, refusal) = await change.RunAsync(
            id,
            s => !caller.Owns(s) ? null
                : s.Challenge() is var before && before.ProvedBySetUp(setUp, s.Account, time.GetUtcNow()) is var proved && ReferenceEquals(proved, before) && !views.IsProved(s)
                    ? HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status409Conflict, "not-contacted"))
                : new(proved, s.Account, null),
            call.Aborted,
            read);
        return stored is null ? refusal! : views.Answer(stored, caller);
    }

    private IResult Answer(Applied applied, ChallengeCaller caller)
    {
        var challenge = applied.Stored.Challenge();
        return applied.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : challenge.Fault is { } fault && !caller.IsBlind ? AccountProblems.Of(new(fault), time.GetUtcNow())
            : applied.Answer switch
            {
                Core.Answer.Taken => views.Answer(applied.Stored, caller),
                Core.Answer.WrongCode => Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-code") with
                {
                    Members = [("triesLeft", Math.Max(0, policy.ChallengeWrongCodes - challenge.WrongCodes))],
                },
                Core.Answer.NotThisWay => Problem.Of(StatusCodes.Status409Conflict, "code-not-expected/unsent"),
                _ => Problem.Of(StatusCodes.Status410Gone, "verification-over/challenge"),
            };
    }
}
