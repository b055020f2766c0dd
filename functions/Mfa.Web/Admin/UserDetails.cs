using Mfa.Core;

namespace Mfa.Web;

/// <summary>Saves what the company says of a user, with the user's name in the directory.</summary>
public sealed class UserDetails(AccountChange change, DirectoryRows directory)
{
    /// <summary>Claims the name, saves the account, and gives an older name free.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="userName">The name that is claimed; null where none is, or it stays.</param>
    /// <param name="describe">The details, of those that are known.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>What became of the account; null when the name is another user's.</returns>
    public async Task<AccountChanged?> SaveAsync(Subject subject, string? userName, Func<AccountDetails, AccountDetails> describe, CancellationToken cancel)
    {
        if (userName is not null && !await directory.ClaimAsync(subject.Tenant, userName, subject.User, cancel))
        {
            return null;
        }

        var changed = await change.RunAsync(subject.Tenant, subject.User, Described, cancel, subject.Admin);
        if (changed.Before.Account.UserName is { } older && !DirectoryRows.IsSame(older, changed.After.Account.UserName))
        {
            await directory.ReleaseAsync(subject.Tenant, older, subject.User, CancellationToken.None);
        }

        return changed;

        Account Described(Account account)
        {
            var known = AccountDetails.Of(account);
            return describe(known) is var next && next == known ? account : account.Described(next);
        }
    }
}
