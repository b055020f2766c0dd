using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// The enrollments' rows. A row holds the enrollment, its verification, and the account with the version that was read: so a
/// proof takes one read, and one batch that fails when either has changed since.
/// </summary>
public sealed class EnrollmentRows(Tables tables, AccountRows accounts, Changes changes, VerificationLog log)
{
    /// <summary>The enrollment with an id; null where there is none.</summary>
    public async Task<StoredEnrollment?> FindAsync(string id, CancellationToken cancel)
    {
        if (!RowNames.IsId(id))
        {
            return null;
        }

        var found = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(RowNames.AccountOf(id), RowKey(id), cancellationToken: cancel);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>The same with the account as it is now, after somebody changed one of them.</summary>
    public async Task<StoredEnrollment?> RefreshAsync(string id, CancellationToken cancel)
    {
        var stored = await FindAsync(id, cancel);
        return stored is not null && await accounts.FindAsync(RowNames.AccountOf(id), cancel) is { Tag: { } tag } account
            ? stored with { Account = account.Account, AccountTag = tag }
            : stored;
    }

    /// <summary>Adds a new one, or puts it in the place of one whose Idempotency-Key is no longer remembered; null when there is one already.</summary>
    public async Task<StoredEnrollment?> AddAsync(Core.Enrollment enrollment, StoredAccount account, ETag? replaces, CancellationToken cancel)
    {
        var row = Row(enrollment, account.Account, account.Tag!.Value);
        try
        {
            var added = replaces is { } tag
                ? await tables.Accounts.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancel)
                : await tables.Accounts.AddEntityAsync(row, cancel);
            return new(enrollment, added.Headers.ETag!.Value, account.Account, account.Tag.Value);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            return await OwnWriteAsync(row);
        }
    }

    /// <summary>Saves it, and the account with it where that changed, if nobody changed them meanwhile; null when somebody did. A write is not cut short.</summary>
    public async Task<StoredEnrollment?> SaveAsync(StoredEnrollment stored, Core.Enrollment next, Account account)
    {
        var versioned = next with { Version = stored.Enrollment.Version + 1 };
        var row = Row(versioned, account, stored.AccountTag);
        StoredEnrollment? saved;
        try
        {
            saved = new(versioned, await WriteAsync(row, stored, account), account, stored.AccountTag);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            saved = await OwnWriteAsync(row);
        }

        if (saved is not null)
        {
            changes.Tell(next.Id);
            log.Saved(stored.Enrollment.Verification, next.Verification);
        }

        return saved;
    }

    /// <summary>Forgets it, if nobody changed it or the account meanwhile; false when somebody did.</summary>
    public async Task<bool> ForgetAsync(StoredEnrollment stored, CancellationToken cancel)
    {
        var id = stored.Enrollment.Id;
        var account = stored.Enrollment.Forgotten(stored.Account);
        List<TableTransactionAction> batch = [new(TableTransactionActionType.Delete, new TableEntity(stored.Account.Key, RowKey(id)), stored.Tag)];
        if (!ReferenceEquals(account, stored.Account))
        {
            batch.Add(new(TableTransactionActionType.UpdateReplace, AccountRows.Row(account), stored.AccountTag));
        }

        try
        {
            await tables.Accounts.SubmitTransactionAsync(batch, cancel);
            return true;
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            return false;
        }
    }

    private async Task<ETag> WriteAsync(StateRow row, StoredEnrollment stored, Account account)
    {
        if (ReferenceEquals(account, stored.Account))
        {
            return (await tables.Accounts.UpdateEntityAsync(row, stored.Tag, TableUpdateMode.Replace)).Headers.ETag!.Value;
        }

        var batch = await tables.Accounts.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, row, stored.Tag),
                new(TableTransactionActionType.UpdateReplace, AccountRows.Row(account), stored.AccountTag),
            ]);
        return batch.Value[0].Headers.ETag!.Value;
    }

    // The answer to our own save may have been lost: then the row carries its id.
    private async Task<StoredEnrollment?> OwnWriteAsync(StateRow row)
    {
        var now = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(row.PartitionKey, row.RowKey);
        return now.HasValue && now.Value!.Write == row.Write ? Read(now.Value) : null;
    }

    private static string RowKey(string id) => $"enrollment-{id}";

    private static StateRow Row(Core.Enrollment enrollment, Account account, ETag accountTag) => new()
    {
        PartitionKey = account.Key,
        RowKey = RowKey(enrollment.Id),
        Payload = JsonSerializer.Serialize(enrollment, StateJson.Default.Enrollment),
        Write = Guid.NewGuid().ToString("N"),
        WakeAt = enrollment.Verification?.WakeAt(),
        Account = AccountRows.Write(account),
        AccountTag = accountTag.ToString(),
    };

    private static StoredEnrollment Read(StateRow row) => new(
        JsonSerializer.Deserialize(row.Payload, StateJson.Default.Enrollment)!,
        row.ETag,
        AccountRows.Read(row.Account!),
        new ETag(row.AccountTag!));
}
