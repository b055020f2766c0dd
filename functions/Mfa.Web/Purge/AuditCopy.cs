using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>What the purge does of an account's audit: copies to the tenant's feed what a crash may have left out, and forgets what is old.</summary>
public sealed class AuditCopy(Tables tables, AccountRows accounts, AuditRows audit, AuditFeed feed, AccountPolicy policy, TimeProvider time)
{
    private static readonly TimeSpan s_daily = TimeSpan.FromDays(1);

    // A row may be saved by a clock that is behind.
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    /// <summary>Does so.</summary>
    /// <returns>When to come again: within a day, as long as things happen; null where there is nothing.</returns>
    public async Task<DateTimeOffset?> RunAsync(string accountKey, CancellationToken cancel)
    {
        if (await accounts.FindAsync(accountKey, cancel) is not { } stored)
        {
            return null;
        }

        var (now, name) = (time.GetUtcNow(), $"copied-{accountKey}");
        var marker = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(accountKey, name, cancellationToken: cancel);
        var since = marker.HasValue ? marker.Value!.GetDateTimeOffset("Until") - s_overlap : null;
        DateTimeOffset? newest = null, oldest = null;
        var copies = new List<AuditRow>();
        await foreach (var row in audit.OfAccountAsync(accountKey, null, cancel))
        {
            newest ??= row.Entry.At;
            if (since is null || row.Entry.At > since)
            {
                copies.Add(row);
            }

            if (row.Entry.At + policy.KeepAuditFor <= now)
            {
                await audit.ForgetAsync(row, cancel);
            }
            else
            {
                oldest = row.Entry.At;
            }
        }

        if (copies.Count > 0)
        {
            await feed.CopyAsync(stored.Account.Tenant, copies, cancel);
            await tables.Accounts.UpsertEntityAsync(new TableEntity(accountKey, name) { ["Until"] = newest!.Value }, TableUpdateMode.Replace, cancel);
        }

        return now - newest < s_daily + s_overlap ? now + s_daily : oldest + policy.KeepAuditFor;
    }
}
