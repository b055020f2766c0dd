using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The refusals of enrollments as problems.</summary>
public static class EnrollmentProblems
{
    public static Problem Of(EnrollmentRefusal refusal, DateTimeOffset now)
    {
        var (status, says) = refusal.Fault switch
        {
            EnrollmentFault.SecondStepRequired => (StatusCodes.Status403Forbidden, $"The account has a method: show a second step of the last minutes in the {Assertions.Header} header."),
            EnrollmentFault.AccountReset => (StatusCodes.Status409Conflict, "The account was reset. Begin again."),
            EnrollmentFault.Superseded => (StatusCodes.Status409Conflict, "A newer enrollment of the same method took its place."),
            EnrollmentFault.MethodsLimit => (StatusCodes.Status409Conflict, "The account has as many methods as it can have. Remove one first."),
            EnrollmentFault.MethodLocked => (StatusCodes.Status403Forbidden, "Too many wrong codes in a row. An admin must unblock this method."),
            EnrollmentFault.NumbersLimit => (StatusCodes.Status429TooManyRequests, "Too many new numbers today."),
            EnrollmentFault.SendsLimit => (StatusCodes.Status429TooManyRequests, "Too many texts and calls today."),
            EnrollmentFault.MethodPaused => (StatusCodes.Status429TooManyRequests, "Fraud was reported on this method. It rests for a while."),
            EnrollmentFault.TooManyFailures => (StatusCodes.Status429TooManyRequests, "Too many wrong codes in a row. Wait."),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
        return new(status, Names.Kebab(refusal.Fault), says) { RetryAfter = refusal.RetryAt - now };
    }

    public static Problem Over(EnrollmentState state) => state == EnrollmentState.Verified
        ? Problem.Of(StatusCodes.Status409Conflict, "already-verified", "This enrollment is finished.")
        : Problem.Of(StatusCodes.Status410Gone, "enrollment-over", $"This enrollment is {Names.Camel(state)}. Begin a new one.");

    public static Problem Wait(string code, string says, TimeSpan? retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, code, says) { RetryAfter = retryAfter };
}
