using Azure;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>Forgets holders, with their verifications, and numbers when their time is over. It may be cut short and run twice at once.</summary>
public sealed class Purge(PurgeRows notes, HolderRows rows, NumberRows numbers, AccountRows accounts, InboxRows inboxes, AuditCopy audit, VerificationAdvance advance, AccountPolicy policy, TimeProvider time, ILogger<Purge> log)
{
    private const int TriesAtMost = 3;
    private static readonly TimeSpan s_later = TimeSpan.FromHours(1);

    /// <summary>Forgets all that is due.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var done = 0;
        await foreach (var note in notes.DueAsync(time.GetUtcNow(), cancel))
        {
            try
            {
                await (PurgeRows.IsEmpty(note) ? Task.CompletedTask
                    : PurgeRows.NumberOf(note) is { } number ? LookAtNumberAsync(number, cancel) : LookAtAccountAsync(PurgeRows.AccountOf(note), cancel));
                await notes.DeleteAsync(note, cancel);
                done++;
            }
            catch (Exception e) when (!IsOutage(e))
            {
                log.LogError("A note of the purge could not be dealt with ({Fault}); the next run tries again", e.GetType().Name);
            }
        }

        if (done > 0)
        {
            log.LogInformation("The purge went through {Count} notes", done);
        }
    }

    /// <summary>Forgets what is due of an account, and notes when to come again.</summary>
    public async Task LookAtAccountAsync(string accountKey, CancellationToken cancel)
    {
        var again = await audit.RunAsync(accountKey, cancel);
        await foreach (var id in rows.OfAccountAsync(accountKey, cancel))
        {
            var due = await LookAtHolderAsync(id, cancel);
            again = due is null || again < due ? again : due;
        }

        var left = await inboxes.ForgetAsync(accountKey, (await accounts.FindAsync(accountKey, cancel))?.Account, policy.KeepFor, cancel);
        again = left is null || again < left ? again : left;
        if (again is { } next)
        {
            var soonest = time.GetUtcNow() + s_later;
            await notes.NoteAccountAsync(accountKey, next > soonest ? next : soonest, cancel);
            return;
        }

        await accounts.ForgetHearsayAsync(accountKey, cancel);
    }

    private async Task LookAtNumberAsync(string numberKey, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await numbers.ForgetAsync(numberKey, now, policy.KeepNumbersFor, cancel) is { } again)
        {
            await notes.NoteNumberAsync(numberKey, again > now + s_later ? again : now + s_later, cancel);
        }
    }

    private async Task<DateTimeOffset?> LookAtHolderAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await ForgetAsync(id, cancel);
        }
        catch (Exception e) when (!IsOutage(e))
        {
            // One bad row must not keep all others.
            log.LogError("A row could not be forgotten ({Fault}); a later run tries again", e.GetType().Name);
            return time.GetUtcNow() + s_later;
        }
    }

    // When to come again; null when it is gone. What is judged is what is deleted: the same read, or neither.
    private async Task<DateTimeOffset?> ForgetAsync(string id, CancellationToken cancel)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            if (await rows.RefreshAsync(id, cancel) is not { } stored)
            {
                return null;
            }

            var (holder, now) = (stored.Holder, time.GetUtcNow());
            if (holder.Verification is { IsOver: false })
            {
                // No clock looks at it, or its clock is lost: what is left to do is done here.
                await advance.ApplyAsync(id, holder.Contacts, _ => new Woke(), cancel);
                return now + s_later;
            }

            // Of somebody who was erased meanwhile nothing is kept.
            var due = stored.Account is { ErasedAt: not null } account && holder.Epoch < account.Epoch ? now : holder.ForgetAt(policy.KeepFor);
            if (due > now)
            {
                return due;
            }

            if (holder.NumberKey is { } number)
            {
                await notes.NoteNumberAsync(number, now + policy.KeepNumbersFor - policy.KeepFor, cancel);
            }

            if (await rows.ForgetAsync(stored, cancel))
            {
                return null;
            }
        }

        return time.GetUtcNow() + s_later;
    }

    // A storage that is away, or lets nobody in, ends the run; what it refuses of one row does not.
    private static bool IsOutage(Exception e) =>
        e is OperationCanceledException || Faults.IsUnknown(e) || e is RequestFailedException { Status: 401 or 403 or 429 } || e is RequestFailedException { ErrorCode: "TableNotFound" };
}
