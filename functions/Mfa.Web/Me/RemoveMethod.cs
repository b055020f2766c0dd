using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>DELETE /me/methods/{id}.</summary>
public sealed class RemoveMethod(AccountChange change, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var id = call.Value("id");
        var changed = await change.RunAsync(call, a => a.Remove(id, call.Caller.SecondStep?.For(a), policy, time.GetUtcNow()));
        return changed.Before.Account.Method(id) is null ? Problem.NotFound()
            : changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : Results.NoContent();
    }
}
