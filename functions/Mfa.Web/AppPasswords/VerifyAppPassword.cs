using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Whether an app password is right, and whose and which it is.</summary>
public sealed record AppPasswordVerifiedView(bool Valid, string? User, string? Name);

/// <summary>POST /app-passwords/verify: one read, and one write where it is a new wrong one, or right for the first time on a day.</summary>
public sealed class VerifyAppPassword(DirectoryRows directory, AccountRows accounts, AccountChange change, AppPasswordHashes hashes, AccountPolicy policy, TimeProvider time)
{
    private const int PasswordAtMost = 1024;

    public async Task<IResult> RunAsync(Call call)
    {
        var client = call.Caller.Application!;
        var fields = await Fields.ReadAsync(call.Request);
        AskedUser.CheckTenant(fields, client.Tenant);
        var (user, userName) = AskedUser.Read(fields);
        var typed = fields.RequiredText("password", PasswordAtMost);
        fields.ThrowOnFaults();
        // What has not the form of one, nobody has: the same for every user, so it tells nothing and guesses nothing.
        if (!policy.AppPasswords || AppPasswordLetters.Normalize(typed) is not { } letters)
        {
            return Invalid();
        }

        var known = userName is null ? await accounts.LoadAsync(client.Tenant, user!, call.Aborted)
            : await directory.FindAsync(client.Tenant, userName, call.Aborted) ?? await accounts.LoadAsync(client.Tenant, DirectoryRows.MadeUpUser(userName), call.Aborted);
        // Whoever may know who exists leaves no trace of who doesn't.
        if (known.Version is null && !client.IsBlind)
        {
            return Invalid();
        }

        call.IsFor(known.Account);
        AppPassword? right = null;
        var changed = await change.RunAsync(known, Decide, call.Aborted, even: client.IsBlind);
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : right is null ? Invalid()
            : Wire.Json(new AppPasswordVerifiedView(true, known.Account.User, right.Name));

        (Account, AccountRefusal?) Decide(Account account)
        {
            right = hashes.Find(account, letters, policy);
            var asked = account.IsKnown || account.IsAskedFor ? account : account with { IsAskedFor = true };
            var (next, refused) = asked.Showing(client.Client, right, hashes.Mark(account.Key, letters), policy, time.GetUtcNow());
            return (ReferenceEquals(next, asked) ? account : next, refused);
        }
    }

    private static IResult Invalid() => Wire.Json(new AppPasswordVerifiedView(false, null, null));
}
