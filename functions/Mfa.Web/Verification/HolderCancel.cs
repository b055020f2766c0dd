using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Calls a holder off, with its verification: a call that is on the line is hung up.</summary>
public sealed class HolderCancel(HolderRows rows, RowLocks locks, VerificationAdvance advance, TimeProvider time)
{
    private const int TriesAtMost = 20;

    /// <summary>Calls it off; one that has ended stays as it is.</summary>
    public async Task RunAsync(string id, CancellationToken cancel)
    {
        StoredHolder? saved;
        ImmutableArray<PendingEffect> effects;
        using (await locks.TakeAsync(id, cancel))
        {
            (saved, effects) = await SaveAsync(await rows.FindAsync(id, cancel));
        }

        if (saved is not null)
        {
            await advance.PerformAsync(saved, effects);
        }
    }

    private async Task<(StoredHolder? Saved, ImmutableArray<PendingEffect> Effects)> SaveAsync(StoredHolder? stored)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            if (stored is null or { Holder.EndedAt: not null })
            {
                return (null, []);
            }

            var now = time.GetUtcNow();
            var holder = stored.Holder;
            var stepped = holder.Verification is { } v ? Core.Verification.Step(v, new CancelAsked(), now) : default;
            var next = (stepped.Next is null ? holder : holder with { Verification = stepped.Next }).Cancel(now);
            if (await rows.SaveAsync(stored, next, stored.Account) is { } saved)
            {
                if (stepped.Next is { } cancelled)
                {
                    await advance.TellClockAsync(holder.Verification, cancelled);
                }

                return (saved, stepped.Next is null ? [] : stepped.Effects);
            }

            await Contention.PauseAsync(tries);
            stored = await rows.RefreshAsync(holder.Id, CancellationToken.None);
        }

        throw new ContendedException();
    }
}
