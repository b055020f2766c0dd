using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PATCH /sign-ins/{id}: whether the browser is to be remembered, whichever way the user proves.</summary>
public sealed class ChangeSignIn(HolderChange change, RowLocks locks, ChallengeViews views, TimeProvider time)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var remember = fields.RequiredFlag("rememberBrowser");
        fields.ThrowOnFaults();
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        using var taken = await locks.TakeAsync(id, call.Aborted);
        var (changed, refusal) = await change.RunAsync(
            id,
            s => !caller.Owns(s) ? null
                : views.StateOf(s.Challenge(), caller) != ChallengeState.Open ? HolderChange.Decision.Refused(views.Over(s.Challenge(), caller))
                : s.Challenge().Remembering(remember) is { } next ? new(next, s.Account, null)
                : HolderChange.Decision.Refused(Problem.Wait("limit", s.Challenge().ExpiresAt - time.GetUtcNow())),
            call.Aborted);
        return changed is null ? refusal! : views.Answer(changed, caller);
    }
}
