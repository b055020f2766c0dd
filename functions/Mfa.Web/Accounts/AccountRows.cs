using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// The accounts' rows. Beside each stands a row whose name is the account's version: whoever changes the account deletes the version
/// that they read and adds the next, so a batch that changes it fails when anybody else has. Unlike an ETag, the next version is
/// known before the write: what carries a copy of the account can carry its version in the same batch.
/// </summary>
public sealed class AccountRows(Tables tables, RowNames names, AuditRows audit, TimeProvider time)
{
    private const string NoVersion = "none";

    /// <summary>The account of a user; one that has no row yet is an account that is not required.</summary>
    public async Task<StoredAccount> LoadAsync(string tenant, string user, CancellationToken cancel)
    {
        var key = names.AccountKey(tenant, user);
        return await FindAsync(key, cancel) is not { } found ? new(new Account { Key = key, Tenant = tenant, User = user }, null, "")
            // One that was erased doesn't say whose it was.
            : found.Account.User.Length == 0 ? found with { Account = found.Account with { User = user } }
            : found;
    }

    /// <summary>The account of the user who calls. The answer is for it.</summary>
    public async Task<StoredAccount> OwnAsync(Call call)
    {
        var stored = await LoadAsync(call.TheUser.Tenant, call.TheUser.User, call.Aborted);
        call.IsFor(stored.Account);
        return stored;
    }

    /// <summary>The account with a key; null where there is no row.</summary>
    public async Task<StoredAccount?> FindAsync(string key, CancellationToken cancel)
    {
        var found = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(key, RowKey(key), cancellationToken: cancel);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>Saves it, and what that tells, if nobody changed it meanwhile; null when somebody did.</summary>
    /// <param name="stored">The account as it was read.</param>
    /// <param name="next">What becomes of it.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="admin">The admin who changes it; null where it is no admin.</param>
    /// <param name="also">What else goes into the batch, with the account as it is saved.</param>
    /// <param name="even">Whether a new account takes as many writes as another, for who may not learn which it is.</param>
    public async Task<StoredAccount?> SaveAsync(
        StoredAccount stored, Account next, CancellationToken cancel, string? admin = null, Func<StoredAccount, IEnumerable<TableTransactionAction>>? also = null, bool even = false)
    {
        var (saved, change) = Change(stored, next, even);
        change.AddRange(also?.Invoke(saved) ?? []);
        var told = AuditRows.Of(next.Key, next.Since(stored.Account, time.GetUtcNow()).Select(e => e with { Admin = admin }));
        change.AddRange(AuditRows.Writes(told));
        try
        {
            await tables.Accounts.SubmitTransactionAsync(change, cancel);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            if (await FindAsync(next.Key, cancel) is not { } now || now.Version != saved.Version)
            {
                return null;
            }
        }

        audit.Saved(next, told);
        return saved;
    }

    /// <summary>Forgets an account of which nothing is known but that somebody asked for it, unless somebody does so in this moment.</summary>
    public async Task ForgetHearsayAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { Account.IsHearsay: true, Version: { } version } || IsTag(version))
        {
            return;
        }

        // First what can be made again, so that a crash leaves no row without its account.
        foreach (var beside in new[] { VersionRow(key, NoVersion), new TableEntity(key, $"copied-{key}") })
        {
            await tables.Accounts.DeleteEntityAsync(beside.PartitionKey, beside.RowKey, ETag.All, cancel);
        }

        try
        {
            await tables.Accounts.SubmitTransactionAsync(
                [new(TableTransactionActionType.Delete, VersionRow(key, version), ETag.All), new(TableTransactionActionType.Delete, new TableEntity(key, RowKey(key)), ETag.All)], cancel);
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            // Asked for again: it is noted again.
        }
    }

    /// <summary>The writes that put an account in the place of the one that was read, and fail when it is no longer the one that is there.</summary>
    /// <param name="stored">The account as it was read.</param>
    /// <param name="next">What becomes of it.</param>
    /// <param name="even">Whether a new account takes as many writes as another, for who may not learn which it is.</param>
    internal static (StoredAccount Saved, List<TableTransactionAction> Writes) Change(StoredAccount stored, Account next, bool even = false)
    {
        var saved = new StoredAccount(next, Guid.NewGuid().ToString("N"), Write(next));
        var row = new StateRow { PartitionKey = next.Key, RowKey = RowKey(next.Key), Payload = saved.Payload, Write = saved.Version!, AccountVersion = saved.Version };
        List<TableTransactionAction> writes = stored.Version switch
        {
            null => [new(TableTransactionActionType.Add, row)],
            // A row of a version of this program that knew no version rows.
            { } tag when IsTag(tag) => [new(TableTransactionActionType.UpdateReplace, row, new ETag(tag))],
            { } version => [new(TableTransactionActionType.Delete, VersionRow(next.Key, version), ETag.All), new(TableTransactionActionType.UpdateReplace, row, ETag.All)],
        };
        writes.Add(new(TableTransactionActionType.Add, VersionRow(next.Key, saved.Version!)));
        // A device that the account has no more is told so, and asked nothing; its row is forgotten by the purge.
        writes.AddRange(stored.Account.Devices.Where(d => next.Method(d.Key) is null)
            .Select(d => new TableTransactionAction(TableTransactionActionType.UpsertMerge, InboxNames.Emptied(next.Key, d.Key))));
        if (even && stored.Version is null)
        {
            writes.Add(new(TableTransactionActionType.UpsertReplace, VersionRow(next.Key, NoVersion)));
        }

        return (saved, writes);
    }

    internal static string Write(Account account) => JsonSerializer.Serialize(account, StateJson.Default.Account);

    internal static Account Read(string payload) => JsonSerializer.Deserialize(payload, StateJson.Default.Account)!;

    private static StoredAccount Read(StateRow row) => new(Read(row.Payload), row.AccountVersion ?? row.ETag.ToString(), row.Payload);

    private static string RowKey(string key) => $"account-{key}";

    private static TableEntity VersionRow(string key, string version) => new(key, $"version-{key}-{version}");

    private static bool IsTag(string version) => version.StartsWith("W/", StringComparison.Ordinal);
}
