using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/reports: "this wasn't me" of a sign-in. It is called off, its method rests, and the admin's feed tells it.</summary>
public sealed class ReportChallenge(HolderRows rows, HolderCancel cancel, AccountChange change, RowNames names, AccountPolicy policy, TimeProvider time)
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
        if (!RowNames.IsId(id) || RowNames.MarkOf(id) != ChallengeKind.Rows.Mark || RowNames.AccountOf(id) != names.AccountKey(user.Tenant, user.User)
            || await rows.FindAsync(id, call.Aborted) is not { } stored || now - stored.Holder.CreatedAt > s_young)
        {
            return Problem.NotFound();
        }

        await cancel.RunAsync(id, CancellationToken.None);
        var challenge = stored.Challenge();
        if (challenge.MethodId is not null)
        {
            await change.RunAsync(user.Tenant, user.User, a => a.Reported(challenge.Kind, policy, now), CancellationToken.None);
        }

        return Results.NoContent();
    }
}
