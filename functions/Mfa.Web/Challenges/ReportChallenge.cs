using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/reports: "this wasn't me" of a sign-in. It is called off, its method rests, and the admin's feed tells it.</summary>
public sealed class ReportChallenge(HolderChange change, HolderCancel cancel, RowNames names, AccountPolicy policy, TimeProvider time)
{
    private const int IdAtMost = 100;

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

        // What the settings page asked for is the reporter's own.
        var (reported, refusal) = await change.RunAsync(
            id,
            s => s.Challenge() is { Client: not null } challenge && now - challenge.CreatedAt <= s_young && challenge.ReportedByUser(s.Account, policy, now) is var (next, account) ? new(next, account, null) : null,
            call.Aborted);
        if (reported is null)
        {
            return refusal!;
        }

        await cancel.RunAsync(id, later: false, CancellationToken.None);
        return Results.NoContent();
    }
}
