using Azure;
using Azure.Data.Tables;

namespace Mfa.Web;

/// <summary>A row: one column of JSON, and the few that something else needs. Columns that are null are not stored.</summary>
public sealed class StateRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    /// <summary>The state.</summary>
    public string Payload { get; set; } = "";

    /// <summary>The id of the last write: a save whose answer was lost is known by it.</summary>
    public string Write { get; set; } = "";

    /// <summary>When somebody must look again, of something whose verification isn't over.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>The account as it was last seen, so that a proof needs no second read.</summary>
    public string? Account { get; set; }

    /// <summary>The version of that account; in the account's own row, its own.</summary>
    public string? AccountVersion { get; set; }

    /// <summary>The same in rows of a version of this program that knew an account's ETag only.</summary>
    public string? AccountTag { get; set; }
}
