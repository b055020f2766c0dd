using Mfa.Core;

namespace Mfa.Web;

/// <summary>What opening any holder takes: an id that an Idempotency-Key makes again.</summary>
public sealed class HolderOpening(HolderRows rows, RowNames names, AccountPolicy policy, TimeProvider time)
{
    /// <summary>The id of a new holder, or the one that the same key opened before.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="mark">The letter of its kind.</param>
    /// <param name="key">The Idempotency-Key, with whatever keeps one caller's keys apart from another's; null for none.</param>
    /// <param name="aborted">Cancels.</param>
    /// <remarks>
    /// A key names one holder for its time; what comes under it later is another. The time is cut into pieces as long as a key is
    /// remembered, so the one before can only stand in this piece or in the last.
    /// </remarks>
    public async Task<(string Id, StoredHolder? Before)> IdAsync(string accountKey, string mark, string? key, CancellationToken aborted)
    {
        if (key is null)
        {
            return (RowNames.NewId(accountKey, mark), null);
        }

        var now = time.GetUtcNow();
        var generation = now.Ticks / policy.RepeatWithin.Ticks;
        var id = names.KeyedId(accountKey, key, generation, mark);
        var before = await rows.FindAsync(id, aborted) ?? await rows.FindAsync(names.KeyedId(accountKey, key, generation - 1, mark), aborted);
        return (id, now - before?.Holder.CreatedAt < policy.RepeatWithin ? before : null);
    }
}
