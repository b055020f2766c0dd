using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>
/// A tenant's feed: copies of its accounts' audit rows, by the hour. A copy is made at least once and has the name of its row, so a second
/// one changes nothing. Copies of a second go together, off the users' way.
/// </summary>
public sealed class AuditFeed(Tables tables, RowNames names, ILogger<AuditFeed> log)
{
    private const int BatchAtMost = 100;
    private const int WaitingAtMost = 10_000;
    private const int Shards = 4;
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<TableEntity> _waiting = new();
    private int _runs;

    /// <summary>Copies rows soon. Under more than this process can copy, the purge copies the rest.</summary>
    public void Add(Account account, IReadOnlyList<AuditRow> rows)
    {
        if (rows.Count == 0 || _waiting.Count > WaitingAtMost)
        {
            return;
        }

        foreach (var row in rows)
        {
            _waiting.Enqueue(Copy(account.Tenant, row));
        }

        if (Interlocked.Exchange(ref _runs, 1) == 0)
        {
            _ = RunAsync();
        }
    }

    /// <summary>Copies rows now.</summary>
    public Task CopyAsync(string tenant, IEnumerable<AuditRow> rows, CancellationToken cancel) => SaveAsync([.. rows.Select(r => Copy(tenant, r))], cancel);

    private async Task RunAsync()
    {
        await Task.Delay(s_together);
        Interlocked.Exchange(ref _runs, 0);
        var rows = new List<TableEntity>();
        while (_waiting.TryDequeue(out var row))
        {
            rows.Add(row);
        }

        try
        {
            await SaveAsync(rows, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning("{Count} audit rows could not be copied to the feed; the purge copies them: {Fault}", rows.Count, e.GetType().Name);
        }
    }

    private async Task SaveAsync(List<TableEntity> rows, CancellationToken cancel)
    {
        foreach (var partition in rows.GroupBy(r => r.PartitionKey))
        {
            foreach (var batch in partition.DistinctBy(r => r.RowKey).Chunk(BatchAtMost))
            {
                await tables.Audit.SubmitTransactionAsync(batch.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancel);
            }
        }
    }

    private TableEntity Copy(string tenant, AuditRow row)
    {
        var (accountKey, at) = (row.Entity.PartitionKey, row.Entry.At.UtcDateTime);
        var hour = at.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        return new(string.Create(CultureInfo.InvariantCulture, $"{names.Hash("tenant", tenant)}-{hour}-{accountKey[0] % Shards}"), string.Create(CultureInfo.InvariantCulture, $"{at.Ticks:D19}-{row.Entity.RowKey}"))
        {
            ["Account"] = accountKey,
            ["Payload"] = row.Entity["Payload"],
        };
    }
}
