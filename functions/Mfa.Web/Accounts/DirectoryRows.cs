using Azure;
using Azure.Data.Tables;

namespace Mfa.Web;

/// <summary>
/// Which user of a tenant has a user name. Names of rows are hashes; a row holds the user's id alone. It can't be saved in one batch with
/// the account, so the account has the last word: a row counts while the account that it names bears the name.
/// </summary>
public sealed class DirectoryRows(Tables tables, AccountRows accounts, RowNames names, TimeProvider time)
{
    private const int TriesAtMost = 20;

    // Whoever claims a name saves it to the account right afterwards.
    private static readonly TimeSpan s_claimLasts = TimeSpan.FromMinutes(5);

    /// <summary>The account whose user has this name, in capitals or not; null where there is none.</summary>
    public async Task<StoredAccount?> FindAsync(string tenant, string userName, CancellationToken cancel) =>
        await RowAsync(tenant, userName, cancel) is { } row && await accounts.LoadAsync(tenant, User(row), cancel) is var found && IsSame(found.Account.UserName, userName) ? found : null;

    /// <summary>The id of a user who is made up for a name that nobody has: no user's, since none begins with a blank.</summary>
    public static string MadeUpUser(string userName) => $" {Folded(userName)}";

    /// <summary>Whether a user's id is one that was made up for a name.</summary>
    public static bool IsMadeUp(string user) => user.StartsWith(' ');

    /// <summary>Whether two names are one.</summary>
    public static bool IsSame(string? one, string? other) => one is not null && other is not null && Folded(one) == Folded(other);

    /// <summary>Claims a name for a user, before it is saved to the account; false when it is another user's. Claimed twice, it is the same claim.</summary>
    internal async Task<bool> ClaimAsync(string tenant, string userName, string user, CancellationToken cancel)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var row = await RowAsync(tenant, userName, cancel);
            if (row is not null && User(row) == user)
            {
                return true;
            }

            if (row is not null && (row.GetDateTimeOffset("ClaimedAt") + s_claimLasts > time.GetUtcNow()
                || IsSame((await accounts.LoadAsync(tenant, User(row), cancel)).Account.UserName, userName)))
            {
                return false;
            }

            var (partition, name) = Key(tenant, userName);
            var claim = new TableEntity(partition, name) { ["User"] = user, ["ClaimedAt"] = time.GetUtcNow() };
            try
            {
                _ = row is null ? await tables.Directory.AddEntityAsync(claim, cancel) : await tables.Directory.UpdateEntityAsync(claim, row.ETag, TableUpdateMode.Replace, cancel);
                return true;
            }
            catch (RequestFailedException e) when (Faults.IsConflict(e))
            {
                await Contention.PauseAsync(tries, cancel);
            }
        }

        throw new ContendedException();
    }

    /// <summary>Gives a name free that its user no longer bears.</summary>
    internal async Task ReleaseAsync(string tenant, string userName, string user, CancellationToken cancel)
    {
        if (await RowAsync(tenant, userName, cancel) is { } row && User(row) == user)
        {
            try
            {
                await tables.Directory.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancel);
            }
            catch (RequestFailedException e) when (Faults.IsConflict(e))
            {
                // Somebody else has it, or it is gone.
            }
        }
    }

    private async Task<TableEntity?> RowAsync(string tenant, string userName, CancellationToken cancel)
    {
        var (partition, name) = Key(tenant, userName);
        var found = await tables.Directory.GetEntityIfExistsAsync<TableEntity>(partition, name, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    // A tenant's names are spread over 32 partitions, by the first letter of the hash: one takes 2,000 requests a second.
    private (string Partition, string Row) Key(string tenant, string userName)
    {
        var name = names.Hash("user-name", tenant, Folded(userName));
        return ($"{names.Hash("tenant", tenant)}-{name[0]}", $"name-{name}");
    }

    private static string User(TableEntity row) => row.GetString("User");

    // Capitals and small letters, and the same letter written as one character or as two, are one name.
    private static string Folded(string userName) => userName.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant();
}
