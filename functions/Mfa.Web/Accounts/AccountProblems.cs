using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The refusals of an account as problems.</summary>
public static class AccountProblems
{
    public static Problem Of(AccountRefusal refusal, DateTimeOffset now) =>
        Problem.Of(Status(refusal.Fault), Names.Kebab(refusal.Fault)) with { RetryAfter = refusal.RetryAt - now, AsksForSecondStep = refusal.Fault == AccountFault.SecondStepRequired };

    private static int Status(AccountFault fault) => fault switch
    {
        // RFC 9470 section 3.
        AccountFault.SecondStepRequired => StatusCodes.Status401Unauthorized,
        AccountFault.SecondStepUsed or AccountFault.AppPasswordsOff or AccountFault.MethodLocked or AccountFault.Blocked
            or AccountFault.DeviceLocked => StatusCodes.Status403Forbidden,
        AccountFault.AccountReset or AccountFault.Superseded or AccountFault.LastMethod or AccountFault.NoMethod or AccountFault.AppPasswordsLimit
            or AccountFault.MethodGone or AccountFault.MethodThere or AccountFault.MethodsLimit or AccountFault.NotActivated => StatusCodes.Status409Conflict,
        AccountFault.ActivationFailed => StatusCodes.Status410Gone,
        AccountFault.ChallengesLimit or AccountFault.NotificationsWait or AccountFault.NumbersLimit or AccountFault.OpensLimit or AccountFault.ContactsLimit
            or AccountFault.SendsLimit or AccountFault.MethodPaused or AccountFault.TooManyFailures => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
