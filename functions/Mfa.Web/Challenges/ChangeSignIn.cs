using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PATCH /sign-ins/{id}: whether the browser is to be remembered, whichever way the user proves.</summary>
public sealed class ChangeSignIn(HolderChange change, ChallengeViews views)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var remember = fields.RequiredFlag("rememberBrowser");
        fields.ThrowOnFaults();
        var (changed, refusal) = await change.RunAsync(
            ChallengeCaller.Id(call),
            s => !caller.Owns(s) ? null
                : views.StateOf(s.Challenge(), caller) != ChallengeState.Open ? HolderChange.Decision.Refused(views.Over(s.Challenge(), caller))
                : new(s.Challenge().Remembering(remember), s.Account, null),
            call.Aborted);
        return changed is null ? refusal! : views.Answer(changed, caller);
    }
}
