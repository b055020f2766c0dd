using System.Globalization;
using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>An app password in the list: nobody sees it again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">The last day (UTC) on which it signed in.</param>
public sealed record AppPasswordView(string Id, string? Name, DateTimeOffset CreatedAt, string? LastUsedAt);

/// <summary>The list of them.</summary>
public sealed record AppPasswordsView(IReadOnlyList<AppPasswordView> Items, string? Next);

/// <summary>A new one, shown this once.</summary>
public sealed record NewAppPasswordView(string Id, string? Name, string Password, DateTimeOffset CreatedAt);

/// <summary>GET, POST and DELETE /me/app-passwords, and DELETE …/{id}.</summary>
public sealed class OwnAppPasswords(AccountRows accounts, AccountChange change, AppPasswordHashes hashes, RowNames names, AccountPolicy policy, TimeProvider time)
{
    private const int NameAtMost = 30;
    private const int IdLength = 16;

    public async Task<IResult> GetAsync(Call call)
    {
        var account = (await accounts.OwnAsync(call)).Account;
        return Wire.Json(new AppPasswordsView([.. account.AppPasswords.Select(p => new AppPasswordView(p.Id, p.Name, p.CreatedAt, p.LastUsed?.ToString("O", CultureInfo.InvariantCulture)))], null));
    }

    /// <summary>Makes one.</summary>
    public async Task<IResult> PostAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var name = fields.Text("name", NameAtMost);
        fields.ThrowOnFaults();
        var now = time.GetUtcNow();
        var letters = AppPasswordLetters.New();
        var accountKey = names.AccountKey(call.TheUser.Tenant, call.TheUser.User);
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        var (hash, key) = hashes.Of(accountKey, id, letters);
        var made = new AppPassword { Id = id, Name = name, Hash = hash, KeyId = key, CreatedAt = now };
        var changed = await change.RunAsync(call, a => a.Make(made, call.Caller.SecondStep?.For(a), policy, now));
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, now)
            : Wire.Json(new NewAppPasswordView(id, name, AppPasswordLetters.Grouped(letters), now), StatusCodes.Status201Created);
    }

    /// <summary>Revokes one, at once.</summary>
    public async Task<IResult> DeleteAsync(Call call)
    {
        var id = call.Value("id");
        var changed = await RevokeAsync(call, id);
        return changed.Before.Account.AppPasswords.All(p => p.Id != id) ? Problem.NotFound() : Answer(changed);
    }

    /// <summary>Revokes all of them.</summary>
    public async Task<IResult> DeleteAllAsync(Call call) => Answer(await RevokeAsync(call, null));

    private Task<AccountChanged> RevokeAsync(Call call, string? id) =>
        change.RunAsync(call, a => a.Revoke(id, call.Caller.SecondStep?.For(a), policy, time.GetUtcNow()));

    private IResult Answer(AccountChanged changed) => changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow()) : Results.NoContent();
}
