using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET and DELETE /challenges/{id} and /me/challenges/{id}.</summary>
public sealed class ReadChallenge(VerificationAdvance advance, HolderWait wait, HolderCancel cancel, ChallengeViews views, AccountPolicy policy, TimeProvider time)
{
    /// <summary>Answers at once, or waits for a version other than the one seen.</summary>
    public async Task<IResult> GetAsync(Call call)
    {
        var (caller, waiting) = (ChallengeCaller.Of(call), Waiting.Read(call.Request));
        // Another's challenge is not waited for: its changes are none of this caller's business.
        return ChallengeCaller.Id(call) is { } id
            && await wait.FindAsync(id, waiting, s => caller.Owns(s) ? views.Version(s, caller) : -1, !caller.IsBlind, call.Aborted) is { } stored
            && caller.Owns(stored) ? views.Answer(stored, caller) : Problem.NotFound();
    }

    /// <summary>Calls it off: a ringing phone stops ringing.</summary>
    public async Task<IResult> DeleteAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        if (ChallengeCaller.Id(call) is not { } id || await advance.FindAsync(id, call.Aborted) is not { } stored || !caller.Owns(stored))
        {
            return Problem.NotFound();
        }

        await cancel.RunAsync(id, caller.IsBlind, call.Aborted, h => ((Challenge)h).Closed(policy, time.GetUtcNow()));
        return Results.NoContent();
    }
}
