using Mfa.Core;

namespace Mfa.Web;

/// <summary>Finds the enrollment of the path, for its own user, with what is due done.</summary>
public sealed class OwnEnrollment(EnrollmentRows rows, VerificationAdvance advance, RowNames names, TimeProvider time)
{
    /// <summary>The enrollment; null where there is none, or it is another account's.</summary>
    public async Task<StoredEnrollment?> FindAsync(Call call)
    {
        var id = Id(call);
        if (id is null || await rows.FindAsync(id, call.Aborted) is not { } stored)
        {
            return null;
        }

        // Whoever comes after the time to look does what the clock would do.
        return stored.Enrollment.Verification?.WakeAt() <= time.GetUtcNow()
            ? (await advance.ApplyAsync(id, stored.Enrollment.Contacts, _ => new Woke(), call.Aborted))?.Stored ?? stored
            : stored;
    }

    /// <summary>The id in the path; null where it has not the form of one of this user's.</summary>
    public string? Id(Call call)
    {
        var id = call.Value("id");
        return RowNames.IsId(id) && RowNames.AccountOf(id) == names.AccountKey(call.TheUser.Tenant, call.TheUser.User) ? id : null;
    }
}
