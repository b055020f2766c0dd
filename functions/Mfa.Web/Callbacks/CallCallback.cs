using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /callbacks/calls/{verificationId}/{attempt}: what happened in a call.</summary>
public sealed class CallCallback(Carriers carriers, VerificationAdvance advance, EffectPerformer performer)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var id = call.Value("verificationId");
        if (RowNames.Verification(id) is not var (holderId, contact)
            || !int.TryParse(call.Value("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return Problem.NotFound();
        }

        var post = await carriers.CallbacksOf(call.Request)!.ReadCallAsync(call.Request, attempt);
        Holder? holder = null;
        foreach (var e in post.Events.Where(e => carriers.IsOf(e.CallId, call.Request)))
        {
            var applied = await advance.ApplyAsync(holderId, contact, h => (post.Called ?? h.Phone?.E164) == h.Phone?.E164 ? e : null, call.Aborted, asking: post.Asking);
            holder = applied?.Stored.Holder is { } current && current.Contacts == contact ? current : null;
            if (e is CallPlaced or CallConnected && holder is null && post.Asking is null && !await performer.HangUpAsync(e.CallId))
            {
                // The carrier posts it again, and then we try again.
                throw new ContendedException();
            }
        }

        return post.Answer(post.Asking is { } asking ? holder is null ? new EndNow() : performer.NextIn(holder, attempt, asking) : null);
    }
}
