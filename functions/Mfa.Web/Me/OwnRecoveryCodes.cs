using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>How many recovery codes are left.</summary>
public sealed record RecoveryCodesView(int Left, DateTimeOffset? CreatedAt);

/// <summary>A new set, shown this once.</summary>
public sealed record NewRecoveryCodesView(IReadOnlyList<string> Codes, DateTimeOffset CreatedAt);

/// <summary>GET and POST /me/recovery-codes.</summary>
public sealed class OwnRecoveryCodes(AccountRows accounts, AccountChange change, SlowHash hash, AccountPolicy policy, TimeProvider time)
{
    private const int GroupSize = 5;

    public async Task<IResult> GetAsync(Call call)
    {
        var codes = (await accounts.OwnAsync(call)).Account.RecoveryCodes;
        return Wire.Json(new RecoveryCodesView(codes?.Hashes.Length ?? 0, codes?.CreatedAt));
    }

    /// <summary>Makes a new set; the older one works no more.</summary>
    public async Task<IResult> PostAsync(Call call)
    {
        var now = time.GetUtcNow();
        var known = (await accounts.OwnAsync(call)).Account;
        // Before they are hashed, which takes its time.
        if (known.MayMakeCodes(call.Caller.SecondStep?.For(known), policy, now) is { } refused)
        {
            return AccountProblems.Of(refused, now);
        }

        string[] codes = [.. Enumerable.Range(0, RecoveryCodes.Count).Select(_ => PaperCode.From(RandomNumberGenerator.GetBytes(RecoveryCodes.Length)))];
        var form = SlowHash.NewForm();
        var kept = new RecoveryCodes { Form = form, Hashes = [.. codes.Select(code => hash.Of(code, form))], CreatedAt = now };
        var changed = await change.RunAsync(call, a => a.Keep(kept, call.Caller.SecondStep?.For(a), policy, now));
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, now)
            : Wire.Json(new NewRecoveryCodesView([.. codes.Select(code => PaperCode.Grouped(code, GroupSize))], now), StatusCodes.Status201Created);
    }
}
