using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A bypass, shown this once.</summary>
public sealed record BypassView(string Code, DateTimeOffset ExpiresAt);

/// <summary>POST /admin/users/{user}/bypass: a code that an admin tells a user who has no method at hand. It takes the place of an older one.</summary>
public sealed class GiveBypass(AccountChange change, SlowHash hash, TimeProvider time)
{
    private const int GroupSize = 4;
    private const int Minutes = 10;
    private const int MinutesAtMost = 24 * 60;
    private const int UsesAtMost = 10;

    public async Task<IResult> RunAsync(Call call)
    {
        var subject = Subject.Of(call);
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var (minutes, uses) = (fields.Count("minutes", 1, MinutesAtMost) ?? Minutes, fields.Count("uses", 1, UsesAtMost) ?? 1);
        fields.ThrowOnFaults();
        var (code, now, form) = (PaperCode.From(RandomNumberGenerator.GetBytes(Bypass.Length)), time.GetUtcNow(), SlowHash.NewForm());
        var bypass = new Bypass { Form = form, Hash = hash.Of(code, form), CreatedAt = now, ExpiresAt = now.AddMinutes(minutes), UsesLeft = uses };
        var changed = await change.RunAsync(subject.Tenant, subject.User, account => account.LetBy(bypass), call.Aborted, subject.Admin);
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, now)
            : Wire.Json(new BypassView(PaperCode.Grouped(code, GroupSize), bypass.ExpiresAt), StatusCodes.Status201Created);
    }
}
