using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// The holders' rows. A row holds the holder, its verification, and the account with the version that was read: so a proof takes one
/// read, and one batch that fails when either has changed since.
/// </summary>
public sealed class HolderRows(Tables tables, AccountRows accounts, IEnumerable<HolderKind> kinds, InboxRows inboxes, Changes changes, AuditRows audit, VerificationLog log, TimeProvider time)
{
    private readonly Dictionary<string, HolderKind> _kinds = kinds.ToDictionary(k => k.Mark);

    /// <summary>The holder with an id; null where there is none.</summary>
    public async Task<StoredHolder?> FindAsync(string id, CancellationToken cancel)
    {
        if (!RowNames.IsId(id) || !_kinds.TryGetValue(RowNames.MarkOf(id), out var kind))
        {
            return null;
        }

        var found = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(RowNames.AccountOf(id), RowKey(kind, id), cancellationToken: cancel);
        return found.HasValue ? Read(kind, found.Value!) : null;
    }

    /// <summary>The same with the account as it is now, after somebody changed one of them.</summary>
    public async Task<StoredHolder?> RefreshAsync(string id, CancellationToken cancel) =>
        await FindAsync(id, cancel) is not { } stored ? null
        : await accounts.FindAsync(RowNames.AccountOf(id), cancel) is { } account ? stored with { Seen = Complete(stored.Holder, account) }
        : stored;

    /// <summary>The ids of an account's holders.</summary>
    public async IAsyncEnumerable<string> OfAccountAsync(string accountKey, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var kind in _kinds.Values)
        {
            var (from, to) = ($"{kind.Name}-", $"{kind.Name}.");
            await foreach (var row in tables.Accounts.QueryAsync<TableEntity>(
                r => r.PartitionKey == accountKey && r.RowKey.CompareTo(from) > 0 && r.RowKey.CompareTo(to) < 0, select: ["RowKey"], cancellationToken: cancel))
            {
                yield return row.RowKey[from.Length..];
            }
        }
    }

    /// <summary>
    /// Adds a new one together with what it makes of the account and, where it takes the place of an older one, with that one's end.
    /// Null when somebody changed the account or the older one meanwhile, or there is one of this id already.
    /// </summary>
    /// <param name="holder">The new one.</param>
    /// <param name="account">The account as it was read.</param>
    /// <param name="next">What becomes of it.</param>
    /// <param name="older">The one that it takes the place of, called off.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="notice">What tells the user of it.</param>
    /// <param name="even">Whether a new account takes as many writes as another.</param>
    public async Task<StoredHolder?> AddAsync(Holder holder, StoredAccount account, Account next, CalledOff? older, CancellationToken cancel, PreparedNotice? notice = null, bool even = false)
    {
        var (seen, writes) = AccountRows.Change(account, next, even);
        var row = Row(holder, seen);
        writes.Insert(0, new(TableTransactionActionType.Add, row));
        if (older is not null)
        {
            writes.Add(new(TableTransactionActionType.UpdateReplace, Row(older.Holder with { Version = older.Before.Holder.Version + 1 }, seen), older.Before.Tag));
            writes.AddRange(inboxes.Writes(older.Before.Holder, older.Holder, next));
        }

        var now = time.GetUtcNow();
        var told = AuditRows.Of(next.Key, [.. older?.Holder.Since(older.Before.Holder, now) ?? [], .. holder.Since(null, now), .. next.Since(account.Account, now)]);
        writes.AddRange(AuditRows.Writes(told));
        writes.AddRange(inboxes.Writes(null, holder, next));
        AddNotice(writes, notice, seen);
        StoredHolder? added;
        try
        {
            added = new(holder, (await tables.Accounts.SubmitTransactionAsync(writes, cancel)).Value[0].Headers.ETag!.Value, seen);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            added = await OwnWriteAsync(KindOf(holder), row);
        }

        if (added is not null)
        {
            audit.Saved(next, told);
            TellDevices(null, holder);
            if (older is not null)
            {
                Tell(older.Before.Holder, older.Holder);
            }
        }

        return added;
    }

    /// <summary>
    /// Saves it if nobody changed it meanwhile; null when somebody did. The account is saved with it where it changed, and held in any
    /// case where the verification just verified: what was reset, blocked or erased meanwhile gives no assertion. A write is not cut short.
    /// </summary>
    public async Task<StoredHolder?> SaveAsync(StoredHolder stored, Holder next, Account account, PreparedNotice? notice = null)
    {
        var versioned = next with { Version = stored.Holder.Version + 1 };
        var holds = !ReferenceEquals(account, stored.Account) || IsProof(stored.Holder, next);
        var (seen, writes) = holds ? AccountRows.Change(stored.Seen, account) : (stored.Seen, []);
        var row = Row(versioned, seen);
        var now = time.GetUtcNow();
        var told = AuditRows.Of(account.Key, [.. versioned.Since(stored.Holder, now), .. account.Since(stored.Account, now)]);
        writes.AddRange(AuditRows.Writes(told));
        writes.AddRange(inboxes.Writes(stored.Holder, versioned, account));
        AddNotice(writes, notice, seen);
        StoredHolder? saved;
        try
        {
            saved = new(versioned, await WriteAsync(row, stored.Tag, writes), seen);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            saved = await OwnWriteAsync(KindOf(next), row);
        }

        if (saved is not null)
        {
            audit.Saved(account, told);
            Tell(stored.Holder, next);
        }

        return saved;
    }

    /// <summary>Changes an account alone, with what tells its user of that; null when somebody changed it meanwhile.</summary>
    /// <param name="stored">The account as it was read.</param>
    /// <param name="next">What becomes of it.</param>
    /// <param name="admin">The admin who changes it; null where it is no admin.</param>
    /// <param name="notice">What tells the user of it.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="even">Whether a new account takes as many writes as another, for who may not learn which it is.</param>
    public Task<StoredAccount?> ChangeAsync(StoredAccount stored, Account next, string? admin, PreparedNotice? notice, CancellationToken cancel, bool even = false) =>
        accounts.SaveAsync(stored, next, cancel, admin, even: even, also: seen =>
        {
            List<TableTransactionAction> writes = [];
            AddNotice(writes, notice, seen);
            return writes;
        });

    /// <summary>Forgets it, if nobody changed it or the account meanwhile; false when somebody did.</summary>
    public async Task<bool> ForgetAsync(StoredHolder stored, CancellationToken cancel)
    {
        var account = stored.Holder.Forgotten(stored.Account);
        List<TableTransactionAction> writes = ReferenceEquals(account, stored.Account) ? [] : AccountRows.Change(stored.Seen, account).Writes;
        writes.Insert(0, new(TableTransactionActionType.Delete, new TableEntity(stored.Account.Key, RowKey(KindOf(stored.Holder), stored.Holder.Id)), stored.Tag));
        try
        {
            await tables.Accounts.SubmitTransactionAsync(writes, cancel);
            return true;
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            return false;
        }
    }

    private void Tell(Holder before, Holder after)
    {
        changes.Tell(after.Id);
        TellDevices(before, after);
        if (after.Tells is null)
        {
            log.Saved(before.Verification, after.Verification);
        }
    }

    private void TellDevices(Holder? before, Holder after)
    {
        foreach (var id in (before?.Verification?.Devices ?? []).Union(after.Verification?.Devices ?? []))
        {
            changes.Tell(InboxNames.RowKey(id));
        }
    }

    private void AddNotice(List<TableTransactionAction> writes, PreparedNotice? notice, StoredAccount seen)
    {
        if (notice is not null)
        {
            writes.Add(new(TableTransactionActionType.Add, Row(notice.Holder, seen)));
        }
    }

    private static bool IsProof(Holder before, Holder after) => after.ProvedBy is { } proof && proof != before.ProvedBy;

    private async Task<ETag> WriteAsync(StateRow row, ETag tag, List<TableTransactionAction> writes)
    {
        if (writes.Count == 0)
        {
            return (await tables.Accounts.UpdateEntityAsync(row, tag, TableUpdateMode.Replace)).Headers.ETag!.Value;
        }

        writes.Insert(0, new(TableTransactionActionType.UpdateReplace, row, tag));
        return (await tables.Accounts.SubmitTransactionAsync(writes)).Value[0].Headers.ETag!.Value;
    }

    // The answer to our own save may have been lost: then the row carries its id.
    private async Task<StoredHolder?> OwnWriteAsync(HolderKind kind, StateRow row)
    {
        var now = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(row.PartitionKey, row.RowKey);
        return now.HasValue && now.Value!.Write == row.Write ? Read(kind, now.Value) : null;
    }

    private HolderKind KindOf(Holder holder) => _kinds[RowNames.MarkOf(holder.Id)];

    private static string RowKey(HolderKind kind, string id) => $"{kind.Name}-{id}";

    private StateRow Row(Holder holder, StoredAccount account)
    {
        var kind = KindOf(holder);
        return new()
        {
            PartitionKey = account.Account.Key,
            RowKey = RowKey(kind, holder.Id),
            Payload = kind.Write(holder),
            Write = Guid.NewGuid().ToString("N"),
            WakeAt = holder.Verification?.WakeAt(),
            Account = account.Payload,
            AccountVersion = account.Version,
        };
    }

    private static StoredHolder Read(HolderKind kind, StateRow row)
    {
        var holder = kind.Read(row.Payload);
        return new(holder, row.ETag, Complete(holder, new(AccountRows.Read(row.Account!), row.AccountVersion ?? row.AccountTag, row.Account!)));
    }

    private static StoredAccount Complete(Holder holder, StoredAccount account)
    {
        var completed = holder.Completed(account.Account);
        return ReferenceEquals(completed, account.Account) ? account : account with { Account = completed, Payload = AccountRows.Write(completed) };
    }
}
