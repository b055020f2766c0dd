using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET and DELETE /me/enrollments/{id}.</summary>
public sealed class ReadEnrollment(OwnEnrollment own, EnrollmentCancel cancel, EnrollmentViews views, Changes changes, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Answers at once, or waits for a version other than the one seen.</summary>
    public async Task<IResult> GetAsync(Call call)
    {
        var waiting = Waiting.Read(call.Request);
        if (own.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        using var listening = changes.Listen(id);
        var until = time.GetTimestamp();
        EnrollmentState? first = null;
        while (true)
        {
            // Taken before reading, so that a save between the two is not missed.
            var next = listening.Next;
            if (await own.FindAsync(call) is not { } stored)
            {
                return Problem.NotFound();
            }

            var state = stored.Enrollment.StateAt(time.GetUtcNow());
            first ??= state;
            var left = waiting.For - time.GetElapsedTime(until);
            if (stored.Enrollment.Version != (waiting.Seen ?? stored.Enrollment.Version - 1) || state != first || left <= TimeSpan.Zero)
            {
                return views.Answer(stored, call.TheUser);
            }

            await Task.WhenAny(next, Task.Delay(left < s_look ? left : s_look, time, call.Aborted));
            call.Aborted.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Calls it off.</summary>
    public async Task<IResult> DeleteAsync(Call call)
    {
        if (await own.FindAsync(call) is not { } stored)
        {
            return Problem.NotFound();
        }

        await cancel.RunAsync(stored, call.Aborted);
        return Results.NoContent();
    }
}
