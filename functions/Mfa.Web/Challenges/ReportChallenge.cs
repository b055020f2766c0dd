using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/reports: "this wasn't me" of a sign-in. It is called off, its method rests, and the admin's feed tells it.</summary>
public sealed class ReportChallenge(HolderRows rows, HolderCancel cancel, RowNames names, AccountPolicy policy, TimeProvider time)
{
    private const int IdAtMost = 100;
    private const int TriesAtMost = 20;

    // Whoever has the password alone could report, too: only what is new, and not for ever.
    private static readonly TimeSpan s_young = TimeSpan.FromDays(1);

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var id = fields.RequiredText("challengeId", IdAtMost);
        fields.ThrowOnFaults();
        var (user, now) = (call.TheUser, time.GetUtcNow());
        if (!RowNames.IsId(id) || RowNames.MarkOf(id) != ChallengeKind.Rows.Mark || RowNames.AccountOf(id) != names.AccountKey(user.Tenant, user.User))
        {
            return Problem.NotFound();
        }

        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            // What the settings page asked for is the reporter's own.
            if (await rows.RefreshAsync(id, call.Aborted) is not { } stored || stored.Challenge() is not { Client: not null } challenge || now - challenge.CreatedAt > s_young)
            {
                return Problem.NotFound();
            }

            var account = challenge.Contacts > 0 ? stored.Account.Reported(challenge.Kind, policy, now) : stored.Account;
            if (challenge.ReportedAt is not null || await rows.SaveAsync(stored, challenge with { ReportedAt = now }, account) is not null)
            {
                await cancel.RunAsync(id, later: false, CancellationToken.None);
                return Results.NoContent();
            }

            await Contention.PauseAsync(tries, call.Aborted);
        }

        throw new ContendedException();
    }
}
