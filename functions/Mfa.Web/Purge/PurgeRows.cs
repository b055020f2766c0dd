using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Mfa.Web;

/// <summary>
/// Which enrollments are to be forgotten, by the hour in which that is due: so the purge reads what is due and nothing else,
/// however many accounts there are.
/// </summary>
public sealed class PurgeRows(Tables tables)
{
    private const string Hour = "yyyyMMddHH";

    /// <summary>Notes when to forget an enrollment. Noted before the enrollment is there, so that none is missed.</summary>
    public Task NoteAsync(string enrollmentId, DateTimeOffset due, CancellationToken cancel) =>
        tables.Purge.UpsertEntityAsync(new TableEntity(Partition(enrollmentId, due), enrollmentId), TableUpdateMode.Replace, cancel);

    /// <summary>The notes of all hours that are over.</summary>
    public AsyncPageable<TableEntity> DueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var hour = now.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture);
        return tables.Purge.QueryAsync<TableEntity>(note => note.PartitionKey.CompareTo(hour) < 0, cancellationToken: cancel);
    }

    /// <summary>Removes a note.</summary>
    public Task DeleteAsync(TableEntity note, CancellationToken cancel) =>
        tables.Purge.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, cancel);

    // An hour's notes are spread over 32 partitions, by the last letter of the id: one takes 2,000 writes a second.
    private static string Partition(string enrollmentId, DateTimeOffset due) =>
        $"{due.UtcDateTime.ToString(Hour, CultureInfo.InvariantCulture)}-{enrollmentId[^1]}";
}
