using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// POST /admin/users/{user}/require, reset, block and unblock, and DELETE. Those that end the epoch end what the account has open, too, also
/// when they are repeated: the one before may have been cut short.
/// </summary>
public sealed class UserActs(AccountChange change, KnownUser known, DirectoryRows directory, HolderSweep sweep, Purge purge, AccountPolicy policy, TimeProvider time)
{
    /// <summary>Two-step verification is required from now on.</summary>
    public async Task<IResult> RequireAsync(Call call)
    {
        var subject = Subject.Of(call);
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var grace = Grace.Read(fields, time.GetUtcNow());
        fields.ThrowOnFaults();
        return Answer(await ChangeAsync(subject, Required, call));

        Account Required(Account account)
        {
            var until = grace.Given ? grace.Until : account.GraceUntil;
            return account.Required && account.GraceUntil == until ? account : account with { Required = true, GraceUntil = until };
        }
    }

    /// <summary>All that was set up is gone; the user begins again.</summary>
    public async Task<IResult> ResetAsync(Call call)
    {
        var subject = Subject.Of(call);
        if (!await known.IsAsync(subject, call.Aborted))
        {
            return Problem.NotFound();
        }

        var changed = await ChangeAsync(subject, account => account.Reset(), call);
        await sweep.RunAsync(changed.After.Account.Key);
        return Answer(changed);
    }

    /// <summary>The user neither signs in nor sets anything up, from now on; also one who was never seen here.</summary>
    public async Task<IResult> BlockAsync(Call call)
    {
        var changed = await ChangeAsync(Subject.Of(call), account => account.Block(time.GetUtcNow()), call);
        await sweep.RunAsync(changed.After.Account.Key);
        return Answer(changed);
    }

    /// <summary>The user may sign in again, with what was set up before.</summary>
    public async Task<IResult> UnblockAsync(Call call)
    {
        var subject = Subject.Of(call);
        return await known.IsAsync(subject, call.Aborted) ? Answer(await ChangeAsync(subject, account => account.Unblock(), call)) : Problem.NotFound();
    }

    /// <summary>No app password of the user works any more.</summary>
    public async Task<IResult> RevokeAppPasswordsAsync(Call call)
    {
        var subject = Subject.Of(call);
        if (!await known.IsAsync(subject, call.Aborted))
        {
            return Problem.NotFound();
        }

        await ChangeAsync(subject, account => account.Revoke(null), call);
        return Results.NoContent();
    }

    /// <summary>Nothing stays that says who the user was.</summary>
    public async Task<IResult> EraseAsync(Call call)
    {
        var subject = Subject.Of(call);
        if (await known.FindAsync(subject, call.Aborted) is not { } found)
        {
            return Problem.NotFound();
        }

        // The name first: once the account is erased, nothing tells it any more.
        if (found.Account.UserName is { } name)
        {
            await directory.ReleaseAsync(subject.Tenant, name, subject.User, call.Aborted);
        }

        var changed = await ChangeAsync(subject, account => account.Erase(time.GetUtcNow()), call);
        await sweep.RunAsync(changed.After.Account.Key);
        await purge.LookAtAccountAsync(changed.After.Account.Key, CancellationToken.None);
        return Results.NoContent();
    }

    private Task<AccountChanged> ChangeAsync(Subject subject, Func<Account, Account> decide, Call call) => change.RunAsync(subject.Tenant, subject.User, decide, call.Aborted, subject.Admin);

    private IResult Answer(AccountChanged changed) => Wire.Json(UserView.Of(changed.After.Account, policy, time.GetUtcNow()));
}
