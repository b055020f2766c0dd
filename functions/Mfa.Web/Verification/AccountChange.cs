using Mfa.Core;

namespace Mfa.Web;

/// <summary>Changes an account alone, again and again while others change it, and tells its user where that is due.</summary>
public sealed class AccountChange(AccountRows accounts, HolderRows rows, PurgeRows purge, Notices notices, VerificationAdvance advance, TimeProvider time)
{
    private const int TriesAtMost = 20;

    /// <summary>Decides on the account as it stands, and saves what was decided.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user's id in it.</param>
    /// <param name="decide">The decision; the very same account saves nothing.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="admin">The admin who changes it; null where it is no admin.</param>
    public async Task<AccountChanged> RunAsync(
        string tenant, string user, Func<Account, (Account Next, AccountRefusal? Refusal)> decide, CancellationToken cancel, string? admin = null) =>
        await RunAsync(await accounts.LoadAsync(tenant, user, cancel), decide, cancel, admin);

    /// <summary>The same for the account of the user who calls.</summary>
    public async Task<AccountChanged> RunAsync(Call call, Func<Account, (Account Next, AccountRefusal? Refusal)> decide) =>
        await RunAsync(await accounts.OwnAsync(call), decide, call.Aborted);

    /// <summary>The same for an account that was read already.</summary>
    /// <param name="read">The account.</param>
    /// <param name="decide">The decision.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="admin">The admin who changes it; null where it is no admin.</param>
    /// <param name="even">Whether it takes as many requests whoever the account is, for who may not learn that.</param>
    public async Task<AccountChanged> RunAsync(
        StoredAccount read, Func<Account, (Account Next, AccountRefusal? Refusal)> decide, CancellationToken cancel, string? admin = null, bool even = false)
    {
        string? noticeId = null;
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var before = tries == 1 ? read : await accounts.LoadAsync(read.Account.Tenant, read.Account.User, cancel);
            var (next, refusal) = decide(before.Account);
            if (refusal is not null || ReferenceEquals(next, before.Account))
            {
                return new(before, before, refusal);
            }

            var now = time.GetUtcNow();
            var told = next.Since(before.Account, now);
            // What leaves nothing behind that is to be forgotten needs no purge.
            next = even || told.Length > 0 || before.Version is null ? await purge.NoteAsync(next, cancel, always: even) : next;
            var notice = await notices.PrepareAsync(noticeId ??= Notices.NewId(next.Key), told, before.Account, next, now);
            if (await rows.ChangeAsync(before, next, admin, notice, CancellationToken.None, even) is { } after)
            {
                advance.Send(notice);
                return new(before, after, null);
            }

            await Contention.PauseAsync(tries, cancel);
        }

        throw new ContendedException();
    }

    /// <summary>The same for a decision that refuses nothing.</summary>
    public Task<AccountChanged> RunAsync(string tenant, string user, Func<Account, Account> decide, CancellationToken cancel, string? admin = null) =>
        RunAsync(tenant, user, account => (decide(account), null), cancel, admin);
}
