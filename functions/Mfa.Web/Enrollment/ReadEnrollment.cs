using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET and DELETE /me/enrollments/{id}.</summary>
public sealed class ReadEnrollment(OwnEnrollment own, HolderWait wait, HolderCancel cancel, EnrollmentViews views)
{
    /// <summary>Answers at once, or waits for a version other than the one seen.</summary>
    public async Task<IResult> GetAsync(Call call)
    {
        var waiting = Waiting.Read(call.Request);
        return own.Id(call) is { } id && await wait.FindAsync(id, waiting, call.Aborted) is { } stored ? views.Answer(stored, call.TheUser) : Problem.NotFound();
    }

    /// <summary>Calls it off.</summary>
    public async Task<IResult> DeleteAsync(Call call)
    {
        if (await own.FindAsync(call) is not { } stored)
        {
            return Problem.NotFound();
        }

        await cancel.RunAsync(stored.Holder.Id, later: false, call.Aborted);
        return Results.NoContent();
    }
}
