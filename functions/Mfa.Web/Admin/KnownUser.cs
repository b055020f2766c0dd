namespace Mfa.Web;

/// <summary>Whether an account is known; whoever only signs in has none until something is set up.</summary>
public sealed class KnownUser(AccountRows accounts, RowNames names)
{
    /// <summary>Whether the user's account has a row.</summary>
    public async Task<bool> IsAsync(Subject subject, CancellationToken cancel) => await FindAsync(subject, cancel) is not null;

    /// <summary>The account; null where it has no row.</summary>
    public async Task<StoredAccount?> FindAsync(Subject subject, CancellationToken cancel) =>
        await accounts.FindAsync(names.AccountKey(subject.Tenant, subject.User), cancel);
}
