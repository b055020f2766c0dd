using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/enrollments/{id}/contact: "Contact me".</summary>
public sealed class ContactEnrollment(OwnEnrollment own, ContactMe contactMe, RowNames names, EnrollmentViews views, TimeProvider time)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var resend = fields.Flag("resend");
        var how = fields.Choice("how", ("text", How.Text), ("call", How.Call), ("code", How.Code), ("notification", How.Notification));
        fields.ThrowOnFaults();
        var key = ContactKey.Of(IdempotencyKey.Read(call.Request), $"{how}/{resend}", names);
        if (own.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var (stored, refusal) = await contactMe.RunAsync(new(id, how, resend, key, Prepare, Over), call.Aborted);
        return stored is not null ? views.Answer(stored, call.TheUser, StatusCodes.Status202Accepted)
            : refusal is null ? Problem.NotFound()
            : await own.RefuseAsync(call, refusal);

        // A younger second step than the one it was opened with; what another session opened is lent none.
        (Holder?, Problem?) Prepare(Holder holder, Account account) =>
            (call.Caller.SecondStep is { } step && step.Epoch == account.Epoch && holder.Session == call.TheUser.Session ? (Core.Enrollment)holder with { SecondStepAt = step.At } : holder, null);
    }

    private Problem Over(Holder holder) => ((Core.Enrollment)holder).StateAt(time.GetUtcNow()) is var state and not EnrollmentState.Verified
        ? Problem.Of(StatusCodes.Status410Gone, $"enrollment-over/{Names.Kebab(state)}")
        : Problem.Of(StatusCodes.Status409Conflict, "already-verified");
}
