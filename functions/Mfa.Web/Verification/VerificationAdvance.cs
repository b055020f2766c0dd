using System.Collections.Immutable;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>
/// What everybody who has an event does: load the row, step, save if nobody changed it, perform the effects, and take their
/// results through the same. Whoever saved an effect owns it for the time of its lease; when it is not reported by then, the
/// clock takes it over.
/// </summary>
public sealed class VerificationAdvance(
    HolderRows rows, RowLocks locks, Notices notices, EffectPerformer performer, IVerificationClock clock, AccountPolicy policy, TimeProvider time, ILogger<VerificationAdvance> log)
{
    private const int TriesAtMost = 20;

    /// <summary>The clock's look: does what is due.</summary>
    public async Task<Advanced> AdvanceAsync(string verificationId, CancellationToken cancel)
    {
        if (RowNames.Verification(verificationId) is not var (holderId, contact)
            || await ApplyAsync(holderId, contact, _ => new Woke(), cancel) is not { } applied)
        {
            return new(Found: false, WakeAt: null);
        }

        var current = applied.Stored.Holder;
        // A newer verification has taken over what was left to do.
        return current.Contacts == contact && current.Verification is { } v
            ? new(Found: true, v.WakeAt(), v.WaitsForDeadline, v.State, v.Attempt)
            : new(current.Contacts > contact, WakeAt: null);
    }

    /// <summary>
    /// A holder with what is due done: whoever comes after the time to look does what the clock would do. That the carrier is asked what
    /// became of something is not waited for: it may take long, and where nobody was contacted nobody is asked.
    /// </summary>
    public async Task<StoredHolder?> FindAsync(string holderId, CancellationToken cancel) =>
        await rows.FindAsync(holderId, cancel) is not { } stored ? null
        : stored.Holder.Verification?.WakeAt() <= time.GetUtcNow()
            ? (await ApplyAsync(holderId, stored.Holder.Contacts, s => s.Holder.Verification is null ? null : new Woke(), cancel, looksLater: true))?.Stored ?? stored
        : stored;

    /// <summary>Takes an event to a verification of a holder.</summary>
    /// <param name="holderId">The holder.</param>
    /// <param name="contact">Which of its verifications the event belongs to.</param>
    /// <param name="what">The event, which may need secrets of the row; null where it is nothing for this one.</param>
    /// <param name="cancel">Cancels waiting and reading. From the first write on nothing is cut short: the caller may leave, the user's phone rings.</param>
    /// <param name="asking">The call that waits for the answer to this request, which says what it does next.</param>
    /// <returns>Null where there is no such holder, it has no verification, or it is nothing for this one.</returns>
    public Task<Applied?> ApplyAsync(string holderId, int contact, Func<Holder, VerificationEvent?> what, CancellationToken cancel, string? asking = null) =>
        ApplyAsync(holderId, contact, stored => stored.Holder.Verification is null ? null : what(stored.Holder), cancel, asking: asking);

    /// <summary>Takes an event to a holder, and to its current verification.</summary>
    /// <param name="holderId">The holder.</param>
    /// <param name="what">The event, made anew whenever the row has changed; null where it is nothing for this one.</param>
    /// <param name="cancel">As above.</param>
    /// <param name="later">Whether it is answered before anything is performed.</param>
    /// <returns>Null where there is no such holder, or it is nothing for this one.</returns>
    public Task<Applied?> ApplyAsync(string holderId, Func<StoredHolder, VerificationEvent?> what, CancellationToken cancel, bool later = false) => ApplyAsync(holderId, null, what, cancel, later);

    private async Task<Applied?> ApplyAsync(string holderId, int? contact, Func<StoredHolder, VerificationEvent?> what, CancellationToken cancel, bool later = false, string? asking = null, bool looksLater = false)
    {
        Applied applied;
        ImmutableArray<PendingEffect> effects;
        VerificationEvent? e;
        using (await locks.TakeAsync(holderId, cancel))
        {
            var stored = await rows.FindAsync(holderId, cancel);
            if (stored is null || (e = what(stored)) is null)
            {
                return null;
            }

            if (contact is not null && contact != stored.Holder.Contacts)
            {
                return new(stored, Answer.Ignored);
            }

            (applied, effects) = await StepAsync(stored, s => ReferenceEquals(s, stored) ? [e] : what(s) is { } again ? [again] : []);
        }

        if (later)
        {
            PerformLater(applied.Stored, effects);
            return applied;
        }

        if (looksLater && effects.Any(x => x.Effect is LookUp))
        {
            PerformLater(applied.Stored, effects.RemoveAll(x => x.Effect is not LookUp));
            effects = effects.RemoveAll(x => x.Effect is LookUp);
        }

        return effects.IsEmpty ? applied
            : applied with { Stored = await (e is Woke ? PerformAllAsync(applied.Stored, effects) : PerformAsync(applied.Stored, effects, asking)) };
    }

    /// <summary>
    /// Performs the effects of a saved step, and saves what came of them, until nothing is left for us. Housekeeping is begun and not
    /// waited for: should this process end before it is done, its lease runs out, and whoever looks next does it.
    /// </summary>
    public async Task<StoredHolder> PerformAsync(StoredHolder stored, ImmutableArray<PendingEffect> effects, string? asking = null)
    {
        var later = effects.RemoveAll(e => !e.Effect.IsHousekeeping);
        if (!later.IsEmpty)
        {
            _ = KeepHouseAsync(stored, later);
        }

        return await PerformAllAsync(stored, effects.RemoveAll(e => e.Effect.IsHousekeeping), asking);
    }

    /// <summary>Tells the clock when it must look earlier than it knows. What it can't be told, its next regular look finds, within a minute.</summary>
    /// <exception cref="ClockUnavailableException">It can't be told, and no regular look would come for long: nothing may be saved.</exception>
    public async Task TellClockAsync(Core.Verification? before, Core.Verification after)
    {
        if (after.ClockAt() is { } at && !(before?.ClockAt() <= at))
        {
            try
            {
                await clock.WakeEarlierAsync(after.Id, at, CancellationToken.None);
            }
            catch (Exception e) when (Faults.IsUnknown(e) || e is Azure.RequestFailedException or ClockUnavailableException)
            {
                log.LogWarning("The clock of a verification could not be told: {Fault}", e.GetType().Name);
                if (before?.WaitsForDeadline == true && !after.IsFinal)
                {
                    throw e as ClockUnavailableException ?? new ClockUnavailableException(e);
                }
            }
        }
    }

    /// <summary>Sends a notice that is saved, after the answer.</summary>
    public void Send(PreparedNotice? notice) => _ = notice is null ? Task.CompletedTask : SendAsync(notice);

    private async Task SendAsync(PreparedNotice notice)
    {
        await Task.Yield();
        if (await rows.FindAsync(notice.Holder.Id, CancellationToken.None) is { } stored)
        {
            await KeepHouseAsync(stored, notice.Effects);
        }
    }

    /// <summary>Performs them after the answer, for callers who may not learn from its time whether anybody was reached.</summary>
    public void PerformLater(StoredHolder stored, ImmutableArray<PendingEffect> effects) => _ = KeepHouseAsync(stored, effects);

    private async Task KeepHouseAsync(StoredHolder stored, ImmutableArray<PendingEffect> effects)
    {
        // The answer first.
        await Task.Yield();
        try
        {
            await PerformAllAsync(stored, effects);
        }
        catch (Exception e)
        {
            log.LogWarning("What was left for after the answer was not done; the next look does it: {Fault}", e.GetType().Name);
        }
    }

    private async Task<StoredHolder> PerformAllAsync(StoredHolder stored, ImmutableArray<PendingEffect> effects, string? asking = null)
    {
        while (!effects.IsEmpty)
        {
            var contact = stored.Holder.Contacts;
            var results = await Task.WhenAll(effects.Select(e => performer.PerformAsync(stored, e, asking)));
            using var taken = await locks.TakeAsync(stored.Holder.Id, CancellationToken.None);
            (var applied, effects) = await StepAsync(stored, _ => results, contact);
            stored = applied.Stored;
            if (stored.Holder.Contacts != contact)
            {
                await Task.WhenAll(results.OfType<EffectDone>().Where(d => d is { Effect: PlaceCall, Receipt: not null }).Select(d => performer.HangUpAsync(d.Receipt!)));
            }
        }

        return stored;
    }

    private async Task<(Applied Applied, ImmutableArray<PendingEffect> Effects)> StepAsync(
        StoredHolder stored, Func<StoredHolder, IReadOnlyList<VerificationEvent>> events, int? contact = null)
    {
        var fresh = false;
        var noticeId = Notices.NewId(stored.Account.Key);
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var before = stored.Holder;
            if (contact is not null && contact != before.Contacts)
            {
                return (new(stored, Answer.Ignored), []);
            }

            var (holder, account, effects, answer, refusal) = Fold(stored, events(stored), time.GetUtcNow());
            if (refusal is not null && !fresh)
            {
                // It may stand on an account that has changed.
                (stored, fresh) = (await rows.RefreshAsync(before.Id, CancellationToken.None) ?? stored, true);
                continue;
            }

            if (ReferenceEquals(holder, before) && ReferenceEquals(account, stored.Account))
            {
                return (new(stored, answer, refusal), effects);
            }

            // Before the save, so that whatever happens after it, the clock looks. What is final waits for nobody: only its last words are left.
            var after = holder.Verification;
            if (after is { IsFinal: false })
            {
                await TellClockAsync(before.Verification, after);
            }

            var notice = ReferenceEquals(account, stored.Account) ? null
                : await notices.PrepareAsync(noticeId, account.Since(stored.Account, time.GetUtcNow()), stored.Account, account, time.GetUtcNow());
            if (await rows.SaveAsync(stored, holder, account, notice) is { } saved)
            {
                Send(notice);
                if (after is { IsFinal: true })
                {
                    await TellClockAsync(before.Verification, after);
                }

                return (new(saved, answer, refusal), effects);
            }

            await Contention.PauseAsync(tries);
            (stored, fresh) = (await rows.RefreshAsync(before.Id, CancellationToken.None) ?? stored, true);
        }

        throw new ContendedException();
    }

    private Taken Fold(StoredHolder stored, IReadOnlyList<VerificationEvent> events, DateTimeOffset now)
    {
        var all = new Taken(stored.Holder, stored.Account, [], Answer.Ignored);
        foreach (var e in events)
        {
            var taken = all.Holder.Take(e, all.Account, policy, now);
            // A later step of this turn may have dropped what an earlier one wanted.
            all = taken with { Effects = [.. all.Effects.AddRange(taken.Effects).Where(x => taken.Holder.Verification?.Pending.Contains(x) == true)] };
        }

        return all;
    }
}
