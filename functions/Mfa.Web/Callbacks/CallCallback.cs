using System.Globalization;
using Mfa.Core;
using Mfa.Web.Acs;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /callbacks/calls/{verificationId}/{attempt}: what happened in a call.</summary>
public sealed class CallCallback(VerificationAdvance advance, EffectPerformer performer)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var id = call.Value("verificationId");
        if (RowNames.Verification(id) is not var (holderId, contact)
            || !int.TryParse(call.Value("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return Problem.NotFound();
        }

        foreach (var e in AcsCallEvents.Parse(await Body.ReadAsync(call.Request), attempt))
        {
            var applied = await advance.ApplyAsync(holderId, contact, _ => e, call.Aborted);
            if (e is CallConnected && applied?.Stored.Holder.Contacts != contact && !await performer.HangUpAsync(e.CallId))
            {
                // The carrier posts it again, and then we try again.
                throw new ContendedException();
            }
        }

        return Results.Ok();
    }
}
