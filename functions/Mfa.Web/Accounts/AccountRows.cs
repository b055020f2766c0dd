using System.Text.Json;
using Azure;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>An account as it was read: <see cref="Tag"/> is null where it has no row yet.</summary>
public sealed record StoredAccount(Account Account, ETag? Tag);

/// <summary>The accounts' rows.</summary>
public sealed class AccountRows(Tables tables, RowNames names)
{
    /// <summary>The account of a user; one that has no row yet is an account that is not required.</summary>
    public async Task<StoredAccount> LoadAsync(string tenant, string user, CancellationToken cancel)
    {
        var key = names.AccountKey(tenant, user);
        return await FindAsync(key, cancel) ?? new(new Account { Key = key, Tenant = tenant, User = user }, null);
    }

    /// <summary>The account with a key; null where there is no row.</summary>
    public async Task<StoredAccount?> FindAsync(string key, CancellationToken cancel)
    {
        var found = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(key, RowKey(key), cancellationToken: cancel);
        return found.HasValue ? new(Read(found.Value!.Payload), found.Value.ETag) : null;
    }

    /// <summary>Saves it if nobody changed it meanwhile; null when somebody did.</summary>
    public async Task<StoredAccount?> SaveAsync(StoredAccount stored, Account next, CancellationToken cancel)
    {
        var row = Row(next);
        try
        {
            var saved = stored.Tag is { } tag
                ? await tables.Accounts.UpdateEntityAsync(row, tag, Azure.Data.Tables.TableUpdateMode.Replace, cancel)
                : await tables.Accounts.AddEntityAsync(row, cancel);
            return new(next, saved.Headers.ETag!.Value);
        }
        catch (Exception e) when (Faults.IsUnknown(e) || (e is RequestFailedException f && Faults.IsConflict(f)))
        {
            var now = await tables.Accounts.GetEntityIfExistsAsync<StateRow>(row.PartitionKey, row.RowKey, cancellationToken: cancel);
            return now.HasValue && now.Value!.Write == row.Write ? new(next, now.Value.ETag) : null;
        }
    }

    internal static string RowKey(string key) => $"account-{key}";

    internal static StateRow Row(Account account) => new()
    {
        PartitionKey = account.Key,
        RowKey = RowKey(account.Key),
        Payload = Write(account),
        Write = Guid.NewGuid().ToString("N"),
    };

    internal static string Write(Account account) => JsonSerializer.Serialize(account, StateJson.Default.Account);

    internal static Account Read(string payload) => JsonSerializer.Deserialize(payload, StateJson.Default.Account)!;
}
