using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PUT and PATCH /admin/users/{user}.</summary>
public sealed class ChangeUser(UserDetails details, KnownUser known, AccountPolicy policy, TimeProvider time)
{
    /// <summary>Makes the user's account, or puts these details in the place of all that it had.</summary>
    public async Task<IResult> PutAsync(Call call)
    {
        var (subject, form) = (Subject.Of(call), DetailsForm.Read(await Fields.ReadAsync(call.Request)));
        return Answer(await details.SaveAsync(subject, form.UserName, _ => form.Whole, call.Aborted), makes: true);
    }

    /// <summary>Changes some details.</summary>
    public async Task<IResult> PatchAsync(Call call)
    {
        var (subject, form) = (Subject.Of(call), DetailsForm.Read(await Fields.ReadAsync(call.Request)));
        return await known.IsAsync(subject, call.Aborted) ? Answer(await details.SaveAsync(subject, form.UserName, form.Over, call.Aborted)) : Problem.NotFound();
    }

    private IResult Answer(AccountChanged? changed, bool makes = false) => changed is null
        ? Problem.Of(StatusCodes.Status409Conflict, "user-name-taken")
        : Wire.Json(UserView.Of(changed.After.Account, policy, time.GetUtcNow()), makes && changed.Before.Version is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
}
