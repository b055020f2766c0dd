using Mfa.Core;

namespace Mfa.Web;

/// <summary>Ends what an account has open, after an admin's act ended its epoch: a phone that rings is hung up, and what was verified a moment ago gives no assertion any more.</summary>
public sealed class HolderSweep(HolderRows rows, HolderCancel cancel, AccountPolicy policy, TimeProvider time)
{
    private const int TriesAtMost = 20;

    /// <summary>Goes through all of an account's holders. It may be cut short and run again.</summary>
    public async Task RunAsync(string accountKey)
    {
        // All of them first: a page of names can't be read on while its rows are changed.
        foreach (var id in await rows.OfAccountAsync(accountKey, CancellationToken.None).ToListAsync())
        {
            await cancel.RunAsync(id, later: false, CancellationToken.None);
            await ShowAsync(id);
        }
    }

    // Its row holds a copy of the account, and whoever reads it would take the epoch from there.
    private async Task ShowAsync(string id)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            if (await rows.FindAsync(id, CancellationToken.None) is not { Holder: { ProvedBy: not null, EndedAt: { } endedAt } }
                || time.GetUtcNow() - endedAt > policy.SecondStepWithin
                || await rows.RefreshAsync(id, CancellationToken.None) is not { } stored
                || await rows.SaveAsync(stored, stored.Holder, stored.Account) is not null)
            {
                return;
            }

            await Contention.PauseAsync(tries);
        }

        throw new ContendedException();
    }
}
