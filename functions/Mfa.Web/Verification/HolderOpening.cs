using Mfa.Core;

namespace Mfa.Web;

/// <summary>What opening any holder takes: an id that an Idempotency-Key makes again, and the note that it is to be forgotten.</summary>
public sealed class HolderOpening(HolderRows rows, PurgeRows purge, RowNames names, AccountPolicy policy, TimeProvider time)
{
    // One note a day brings the purge to the account; it notes itself when to come again.
    private static readonly TimeSpan s_noteEvery = TimeSpan.FromDays(1);

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

    /// <summary>The account, noted for the purge where it isn't yet: before what is to be forgotten is there.</summary>
    /// <param name="account">The account that is about to be saved.</param>
    /// <param name="lifetime">How long what is opened lives.</param>
    /// <param name="aborted">Cancels.</param>
    public async Task<Account> NoteAsync(Account account, TimeSpan lifetime, CancellationToken aborted)
    {
        var now = time.GetUtcNow();
        if (now < account.NotedUntil)
        {
            return account;
        }

        await purge.NoteAccountAsync(account.Key, now + lifetime + policy.KeepFor, aborted);
        return account with { NotedUntil = now + (policy.KeepFor < s_noteEvery ? policy.KeepFor : s_noteEvery) };
    }
}
