using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET and DELETE /challenges/{id}, /me/challenges/{id} and /sign-ins/{id}.</summary>
public sealed class ReadChallenge(VerificationAdvance advance, HolderWait wait, HolderCancel cancel, ChallengeViews views, SignInWindows windows, AccountPolicy policy, TimeProvider time)
{
    /// <summary>Answers at once, or waits for a version other than the one seen.</summary>
    public async Task<IResult> GetAsync(Call call)
    {
        var (caller, waiting) = (ChallengeCaller.Of(call), Waiting.Read(call.Request));
        if (ChallengeCaller.Id(call) is not { } id || await wait.FindAsync(id, waiting, Version, !caller.IsBlind, call.Aborted) is not { } stored)
        {
            return Problem.NotFound();
        }

        if (caller.Page is { } window && window.Opens(stored.Challenge()))
        {
            var (taken, refusal) = await windows.TakeAsync(stored, window, call.Aborted);
            return taken is null ? refusal! : views.Answer(taken, caller);
        }

        return caller.Owns(stored) ? views.Answer(stored, caller) : Problem.NotFound();

        // Another's challenge is not waited for: its changes are none of this caller's business. Nor is one that is to be taken first.
        long Version(StoredHolder s) => caller.Owns(s) && caller.Page?.Takes(s.Challenge()) != true ? views.Version(s, caller) : -1;
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
