using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>The numbers' rows: open replies, recent sends, and whether a number wants texts.</summary>
public sealed class NumberRows(Tables tables)
{
    private const int TriesAtMost = 20;

    /// <summary>Decides on the record and saves what was decided, again and again while others change it.</summary>
    /// <param name="numberKey">The number's partition key.</param>
    /// <param name="decide">The decision; the very same record saves nothing.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<T> ChangeAsync<T>(string numberKey, Func<NumberRecord, (NumberRecord Next, T Answer)> decide, CancellationToken cancel)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var (record, tag) = await FindAsync(numberKey, cancel);
            var (next, answer) = decide(record);
            if (ReferenceEquals(next, record) || await SaveAsync(numberKey, next, tag, cancel))
            {
                return answer;
            }

            await Contention.PauseAsync(tries, cancel);
        }

        throw new ContendedException();
    }

    /// <summary>Forgets a number that was not used for long; one that texted STOP stays: a no is not forgotten.</summary>
    /// <param name="numberKey">The number's partition key.</param>
    /// <param name="now">The time.</param>
    /// <param name="keepFor">How long a number is known after its last use.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>When to look again, where it stays; null where it is gone.</returns>
    public async Task<DateTimeOffset?> ForgetAsync(string numberKey, DateTimeOffset now, TimeSpan keepFor, CancellationToken cancel)
    {
        var (record, tag) = await FindAsync(numberKey, cancel);
        if (tag is not { } version)
        {
            return null;
        }

        if (record.OptedOut)
        {
            return now + keepFor;
        }

        if (record.UsedAt() + keepFor is { } until && until > now)
        {
            return until;
        }

        try
        {
            await tables.Numbers.DeleteEntityAsync(numberKey, RowKey(numberKey), version, cancel);
            return null;
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            // Used in this moment.
            return now + keepFor;
        }
    }

    private async Task<(NumberRecord Record, ETag? Tag)> FindAsync(string numberKey, CancellationToken cancel)
    {
        var found = await tables.Numbers.GetEntityIfExistsAsync<StateRow>(numberKey, RowKey(numberKey), cancellationToken: cancel);
        return found.HasValue
            ? (JsonSerializer.Deserialize(found.Value!.Payload, StateJson.Default.NumberRecord)!, found.Value.ETag)
            : (new NumberRecord(), null);
    }

    // A write whose answer was lost is simply decided again: every decision on a number may be repeated.
    private async Task<bool> SaveAsync(string numberKey, NumberRecord next, ETag? tag, CancellationToken cancel)
    {
        var row = new StateRow
        {
            PartitionKey = numberKey,
            RowKey = RowKey(numberKey),
            Payload = JsonSerializer.Serialize(next, StateJson.Default.NumberRecord),
            Write = Guid.NewGuid().ToString("N"),
        };
        try
        {
            _ = tag is { } version
                ? await tables.Numbers.UpdateEntityAsync(row, version, TableUpdateMode.Replace, cancel)
                : await tables.Numbers.AddEntityAsync(row, cancel);
            return true;
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            return false;
        }
    }

    private static string RowKey(string numberKey) => $"number-{numberKey}";
}
