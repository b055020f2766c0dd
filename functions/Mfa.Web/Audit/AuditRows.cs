using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// What happened to an account, in the account's own partition: written in the very batch of what it tells of, so that one is never there
/// without the other. The newest sorts first.
/// </summary>
public sealed class AuditRows(Tables tables, AuditFeed feed)
{
    private const int AtMost = 99;

    /// <summary>The writes that tell of what happened.</summary>
    public static IReadOnlyList<AuditRow> Of(string accountKey, IEnumerable<AuditEntry> entries) =>
        [.. entries.Take(AtMost).Select((entry, i) => new AuditRow(entry, Row(accountKey, entry, i)))];

    /// <summary>The writes of rows, for the batch.</summary>
    public static IEnumerable<TableTransactionAction> Writes(IReadOnlyList<AuditRow> rows) => rows.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r.Entity));

    /// <summary>Tells of rows that are saved: the tenant's feed gets them soon. Nobody waits for that; what is lost with this process, the purge copies.</summary>
    public void Saved(Account account, IReadOnlyList<AuditRow> rows) => feed.Add(account, rows);

    /// <summary>The rows of an account, the newest first.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="after">The name of the row after which to begin; null for the newest.</param>
    /// <param name="cancel">Cancels.</param>
    public async IAsyncEnumerable<AuditRow> OfAccountAsync(string accountKey, string? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, to) = (after ?? Prefix(accountKey), $"audit-{accountKey}.");
        await foreach (var row in tables.Accounts.QueryAsync<TableEntity>(r => r.PartitionKey == accountKey && r.RowKey.CompareTo(from) > 0 && r.RowKey.CompareTo(to) < 0, cancellationToken: cancel))
        {
            yield return new(JsonSerializer.Deserialize(row.GetString("Payload"), StateJson.Default.AuditEntry)!, row);
        }
    }

    /// <summary>Forgets a row.</summary>
    public Task ForgetAsync(AuditRow row, CancellationToken cancel) => tables.Accounts.DeleteEntityAsync(row.Entity.PartitionKey, row.Entity.RowKey, ETag.All, cancel);

    /// <summary>The name that a row has among its account's.</summary>
    public static string IdOf(AuditRow row) => row.Entity.RowKey[Prefix(row.Entity.PartitionKey).Length..];

    /// <summary>The name of the row with such an id; null where it has not the form of one.</summary>
    public static string? NameOf(string accountKey, string id) => id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? Prefix(accountKey) + id : null;

    private static string Prefix(string accountKey) => $"audit-{accountKey}-";

    private static TableEntity Row(string accountKey, AuditEntry entry, int i)
    {
        var inverse = (DateTimeOffset.MaxValue.Ticks - entry.At.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
        return new(accountKey, string.Create(CultureInfo.InvariantCulture, $"{Prefix(accountKey)}{inverse}-{AtMost - i:D2}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"))
        {
            ["Payload"] = JsonSerializer.Serialize(entry, StateJson.Default.AuditEntry),
        };
    }
}

/// <summary>An entry and its row.</summary>
public sealed record AuditRow(AuditEntry Entry, TableEntity Entity);
