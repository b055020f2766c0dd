using Mfa.Core;

namespace Mfa.Web;

/// <summary>Changes a holder, and its account with it, again and again while others change them.</summary>
public sealed class HolderChange(HolderRows rows)
{
    private const int TriesAtMost = 20;

    /// <summary>What is decided: what becomes of them, where the very same saves nothing; or why not.</summary>
    public sealed record Decision(Holder? Holder, Account? Account, Problem? Refusal)
    {
        public static Decision Refused(Problem why) => new(null, null, why);
    }

    /// <summary>Decides on it as it stands, and saves what was decided.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="decide">The decision; null where it is none of the caller's, as if there were none.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="read">It, where it was read already.</param>
    /// <returns>It as it stands saved, or why not: 404 where there is none.</returns>
    public async Task<(StoredHolder? Stored, Problem? Refusal)> RunAsync(string id, Func<StoredHolder, Decision?> decide, CancellationToken cancel, StoredHolder? read = null)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            // The row has the account as it was; whoever was too late looks at that, too.
            var stored = tries > 1 ? await rows.RefreshAsync(id, cancel) : read ?? await rows.FindAsync(id, cancel);
            if (stored is null || decide(stored) is not { } decided)
            {
                return (null, Problem.NotFound());
            }

            if (decided.Refusal is { } refusal)
            {
                return (null, refusal);
            }

            if (ReferenceEquals(decided.Holder, stored.Holder) && ReferenceEquals(decided.Account, stored.Account))
            {
                return (stored, null);
            }

            if (await rows.SaveAsync(stored, decided.Holder!, decided.Account!) is { } saved)
            {
                return (saved, null);
            }

            await Contention.PauseAsync(tries, cancel);
        }

        throw new ContendedException();
    }
}
