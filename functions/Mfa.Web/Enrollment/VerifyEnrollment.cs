using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/enrollments/{id}/verify: a code, or without one the state.</summary>
public sealed class VerifyEnrollment(OwnEnrollment own, VerificationAdvance advance, SecretColumns secrets, EnrollmentViews views, TimeProvider time)
{
    private const int CodeAtMost = 40;

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var typed = fields.Text("code", CodeAtMost);
        var code = VerificationCode.Normalize(typed);
        if (typed is not null && code is null)
        {
            fields.Fault("code", "is not six digits");
        }

        fields.ThrowOnFaults();
        if (code is null)
        {
            return await own.FindAsync(call) is { } now ? views.Answer(now, call.TheUser) : Problem.NotFound();
        }

        if (own.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var applied = await advance.ApplyAsync(id, s => new CodeTyped(code, secrets.Open(s.Holder)), call.Aborted);
        if (applied is not null)
        {
            call.IsFor(applied.Stored.Account);
        }

        var answer = applied is null ? Problem.NotFound() : Answer(applied, call.TheUser);
        return answer is Problem refusal && applied?.Answer != Core.Answer.WrongCode ? await own.RefuseAsync(call, refusal) : answer;
    }

    private IResult Answer(Applied applied, UserCaller user)
    {
        var e = applied.Stored.Enrollment();
        return applied.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow()) : applied.Answer switch
        {
            Core.Answer.NotContacted => Problem.Of(StatusCodes.Status409Conflict, "not-contacted"),
            Core.Answer.Taken when e.Fault is { } fault => AccountProblems.Of(new(fault), time.GetUtcNow()),
            Core.Answer.Taken => views.Answer(applied.Stored, user),
            Core.Answer.WrongCode => Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-code") with
            {
                Members = [("triesLeft", e.Verification!.IsFinal ? 0 : e.Verification.Policy.WrongCodes - e.Verification.WrongCodes)],
            },
            Core.Answer.NotThisWay => Problem.Of(StatusCodes.Status409Conflict, "code-not-expected/call"),
            _ => Problem.Of(StatusCodes.Status410Gone, "verification-over/enrollment"),
        };
    }
}
