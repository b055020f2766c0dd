using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /admin/users/{user}.</summary>
public sealed class ReadUser(KnownUser known, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> GetAsync(Call call)
    {
        var subject = Subject.Of(call);
        return await known.FindAsync(subject, call.Aborted) is { } stored
            ? Wire.Json(UserView.Of(stored.Account with { User = subject.User }, policy, time.GetUtcNow()))
            : Problem.NotFound();
    }
}
