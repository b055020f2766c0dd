using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// Which accounts and numbers are to be looked at again, by the hour in which that is due: so the purge reads what is due and nothing
/// else, however many there are.
/// </summary>
public sealed class PurgeRows(Tables tables, AccountPolicy policy, TimeProvider time)
{
    private const string Hour = "yyyyMMddHH";
    private const string Number = "number-";
    private const string Nothing = "nothing";

    // One note a day brings the purge to the account; it notes itself when to come again.
    private static readonly TimeSpan s_noteEvery = TimeSpan.FromDays(1);

    /// <summary>Notes when an account's holders are to be looked at. Noted before any is there, so that none is missed.</summary>
    public Task NoteAccountAsync(string accountKey, DateTimeOffset due, CancellationToken cancel) => NoteAsync(accountKey, accountKey, due, cancel);

    /// <summary>
    /// The account, noted for the purge where it isn't yet: before what is to be copied and forgotten is there. The purge comes within the
    /// hour, and again as long as there is anything.
    /// </summary>
    /// <param name="account">The account that is about to be saved.</param>
    /// <param name="aborted">Cancels.</param>
    /// <param name="always">Whether a note of nothing is written where none is due: for callers who may not learn whose day began before.</param>
    public async Task<Account> NoteAsync(Account account, CancellationToken aborted, bool always = false)
    {
        var now = time.GetUtcNow();
        if (now < account.NotedUntil)
        {
            await (always ? NoteAsync(account.Key, Nothing, now, aborted) : Task.CompletedTask);
            return account;
        }

        await NoteAccountAsync(account.Key, now, aborted);
        return account with { NotedUntil = now + (policy.KeepFor < s_noteEvery ? policy.KeepFor : s_noteEvery) };
    }

    /// <summary>Notes when a number is to be looked at.</summary>
    public Task NoteNumberAsync(string numberKey, DateTimeOffset due, CancellationToken cancel) => NoteAsync(numberKey, Number + numberKey, due, cancel);

    /// <summary>The notes of all hours that are over.</summary>
    public AsyncPageable<TableEntity> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var hour = now.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture);
        return tables.Purge.QueryAsync<TableEntity>(note => note.PartitionKey.CompareTo(hour) < 0, cancellationToken: cancel);
    }

    /// <summary>Whether a note is of nothing.</summary>
    public static bool IsEmpty(TableEntity note) => note.RowKey == Nothing;

    /// <summary>The number that a note is of; null where it is an account's.</summary>
    public static string? NumberOf(TableEntity note) => note.RowKey.StartsWith(Number, StringComparison.Ordinal) ? note.RowKey[Number.Length..] : null;

    /// <summary>The account that a note is of; those of the version before named an enrollment.</summary>
    public static string AccountOf(TableEntity note) => RowNames.AccountOf(note.RowKey);

    /// <summary>Removes a note.</summary>
    public Task DeleteAsync(TableEntity note, CancellationToken cancel) =>
        tables.Purge.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, cancel);

    // An hour's notes are spread over 32 partitions, by the first letter of the key: one takes 2,000 writes a second.
    private Task<Response> NoteAsync(string key, string name, DateTimeOffset due, CancellationToken cancel) =>
        tables.Purge.UpsertEntityAsync(new TableEntity($"{due.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture)}-{key[0]}", name), TableUpdateMode.Replace, cancel);
}
