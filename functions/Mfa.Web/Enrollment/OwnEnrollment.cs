using Mfa.Core;

namespace Mfa.Web;

/// <summary>The enrollment of the path, for its own user.</summary>
public sealed class OwnEnrollment(VerificationAdvance advance, AccountRows accounts, RowNames names)
{
    /// <summary>The enrollment, with what is due done; null where there is none, or it is another account's.</summary>
    public async Task<StoredHolder?> FindAsync(Call call) => Id(call) is { } id ? await advance.FindAsync(id, call.Aborted) : null;

    /// <summary>Why it is refused; that an admin blocked the account, where one did: what was open then is merely over.</summary>
    public async Task<Problem> RefuseAsync(Call call, Problem refusal)
    {
        var account = await accounts.OwnAsync(call);
        return account.Account.BlockedAt is null ? refusal : AccountProblems.Of(new(AccountFault.Blocked), default);
    }

    /// <summary>The id in the path; null where it has not the form of one of this user's.</summary>
    public string? Id(Call call)
    {
        var id = call.Value("id");
        return RowNames.IsId(id) && RowNames.MarkOf(id) == EnrollmentKind.Rows.Mark
            && RowNames.AccountOf(id) == names.AccountKey(call.TheUser.Tenant, call.TheUser.User) ? id : null;
    }
}
