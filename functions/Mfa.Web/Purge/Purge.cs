using Azure;
using Azure.Data.Tables;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>Forgets enrollments, with their verifications, when their time is over. It may be cut short and run twice at once.</summary>
public sealed class Purge(PurgeRows notes, EnrollmentRows rows, VerificationAdvance advance, MfaSettings settings, TimeProvider time, ILogger<Purge> log)
{
    private static readonly TimeSpan s_later = TimeSpan.FromHours(1);

    /// <summary>Forgets all that is due.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var done = 0;
        await foreach (var note in notes.DueAsync(time.GetUtcNow(), cancel))
        {
            try
            {
                await SettleAsync(note, cancel);
                done++;
            }
            catch (Exception e) when (e is not (RequestFailedException or AggregateException or OperationCanceledException))
            {
                // One bad row must not keep all others; its note stays.
                log.LogError("An enrollment could not be forgotten ({Fault}); the next run tries again", e.GetType().Name);
            }
        }

        if (done > 0)
        {
            log.LogInformation("The purge went through {Count} enrollments", done);
        }
    }

    private async Task SettleAsync(TableEntity note, CancellationToken cancel)
    {
        if (await ForgetAsync(note.RowKey, cancel) is { } later)
        {
            await notes.NoteAsync(note.RowKey, later, cancel);
        }

        await notes.DeleteAsync(note, cancel);
    }

    // When to come again; null when it is gone.
    private async Task<DateTimeOffset?> ForgetAsync(string id, CancellationToken cancel)
    {
        if (await rows.FindAsync(id, cancel) is not { } stored)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (stored.Enrollment.Verification is { IsOver: false })
        {
            // Its clock is lost: what is left to do is done here.
            await advance.ApplyAsync(id, stored.Enrollment.Contacts, _ => new Woke(), cancel);
            return now + s_later;
        }

        var due = stored.Enrollment.ForgetAt(settings.Accounts.KeepFor);
        if (due > now)
        {
            return due;
        }

        // The account that the row carries may be an old one.
        return await rows.RefreshAsync(id, cancel) is { } fresh && !await rows.ForgetAsync(fresh, cancel) ? now + s_later : null;
    }
}
