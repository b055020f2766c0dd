using Mfa.Core;

namespace Mfa.Web;

/// <summary>Changes an account alone, again and again while others change it.</summary>
public sealed class AccountChange(AccountRows accounts)
{
    private const int TriesAtMost = 20;

    /// <summary>Decides on the account as it stands, and saves what was decided.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user's id in it.</param>
    /// <param name="decide">The decision; the very same account saves nothing.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<AccountChanged> RunAsync(string tenant, string user, Func<Account, (Account Next, AccountRefusal? Refusal)> decide, CancellationToken cancel)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var before = await accounts.LoadAsync(tenant, user, cancel);
            var (next, refusal) = decide(before.Account);
            if (refusal is not null || ReferenceEquals(next, before.Account))
            {
                return new(before, before, refusal);
            }

            if (await accounts.SaveAsync(before, next, cancel) is { } after)
            {
                return new(before, after, null);
            }

            await Contention.PauseAsync(tries, cancel);
        }

        throw new ContendedException();
    }

    /// <summary>The same for a decision that refuses nothing.</summary>
    public Task<AccountChanged> RunAsync(string tenant, string user, Func<Account, Account> decide, CancellationToken cancel) =>
        RunAsync(tenant, user, account => (decide(account), null), cancel);
}
