using System.Globalization;
using Mfa.Core;
using Mfa.Web.Acs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>POST /callbacks/calls/{verificationId}/{attempt}: what happened in a call.</summary>
public sealed class CallCallback(CallProofToken proof, VerificationAdvance advance, ICarrier carrier, ILogger<CallCallback> log)
{
    private static readonly TimeSpan s_hangUpWithin = TimeSpan.FromSeconds(5);

    public async Task<IResult> RunAsync(Call call)
    {
        if (!await proof.IsProvedAsync(call.Request))
        {
            return Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Call events must be signed by the carrier.");
        }

        var id = call.Value("verificationId");
        if (RowNames.Verification(id) is not var (enrollmentId, contact)
            || !int.TryParse(call.Value("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return Problem.NotFound();
        }

        foreach (var e in AcsCallEvents.Parse(await Body.ReadAsync(call.Request), attempt))
        {
            var applied = await advance.ApplyAsync(enrollmentId, contact, _ => e, call.Aborted);
            if (e is CallConnected && applied?.Stored.Enrollment.Contacts != contact)
            {
                await HangUpAsync(e.CallId);
            }
        }

        return Results.Ok();
    }

    // Nobody waits for this call any more: its verification is gone, or a newer one took its place.
    private async Task HangUpAsync(string callId)
    {
        using var cut = new CancellationTokenSource(s_hangUpWithin);
        if ((await carrier.HangUpAsync(callId, cut.Token)).Failure is not null)
        {
            log.LogWarning("A call that nobody waits for could not be hung up.");
            throw new ContendedException();
        }
    }
}
