using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The refusals of an account as problems.</summary>
public static class AccountProblems
{
    public static Problem Of(AccountRefusal refusal, DateTimeOffset now)
    {
        var (status, says) = refusal.Fault switch
        {
            AccountFault.SecondStepRequired => (StatusCodes.Status403Forbidden, $"The account has a method: show a second step of the last minutes in the {SecondStep.Header} header."),
            AccountFault.AccountReset => (StatusCodes.Status409Conflict, "The account was reset. Begin again."),
            AccountFault.Superseded => (StatusCodes.Status409Conflict, "A newer enrollment of the same method took its place."),
            AccountFault.SecondStepUsed => (StatusCodes.Status403Forbidden, "This second step served another change. Take a new one."),
            AccountFault.LastMethod => (StatusCodes.Status409Conflict, "The account is required, and this is its only method."),
            AccountFault.NoMethod => (StatusCodes.Status409Conflict, "The account has no method yet. Set one up first."),
            AccountFault.AppPasswordsOff => (StatusCodes.Status403Forbidden, "App passwords are not allowed here."),
            AccountFault.AppPasswordsLimit => (StatusCodes.Status409Conflict, "The account has as many app passwords as it can have. Revoke one first."),
            AccountFault.MethodGone => (StatusCodes.Status409Conflict, "The account no longer has this method. Choose another."),
            AccountFault.ChallengesLimit => (StatusCodes.Status429TooManyRequests, "Too many second steps were asked for today."),
            AccountFault.MethodsLimit => (StatusCodes.Status409Conflict, "The account has as many methods as it can have. Remove one first."),
            AccountFault.MethodLocked => (StatusCodes.Status403Forbidden, "Too many wrong codes in a row. This method is off: set it up anew."),
            AccountFault.Blocked => (StatusCodes.Status403Forbidden, "This account is blocked. An admin can unblock it."),
            AccountFault.NotActivated => (StatusCodes.Status409Conflict, "No authenticator app has activated this enrollment yet: scan the QR code with it."),
            AccountFault.ActivationFailed => (StatusCodes.Status410Gone, "Too many wrong activation codes. Begin a new enrollment."),
            AccountFault.DeviceLocked => (StatusCodes.Status403Forbidden, "Too many wrong PINs locked this device. Its codes still work; set it up anew."),
            AccountFault.NotificationsWait => (StatusCodes.Status429TooManyRequests, "Notifications were not agreed to. None is sent for a while; choose another way."),
            AccountFault.NumbersLimit => (StatusCodes.Status429TooManyRequests, "Too many new numbers today."),
            AccountFault.OpensLimit => (StatusCodes.Status429TooManyRequests, "Too much was begun today."),
            AccountFault.ContactsLimit => (StatusCodes.Status429TooManyRequests, "Contact me was pressed too often today."),
            AccountFault.SendsLimit => (StatusCodes.Status429TooManyRequests, "Too many texts and calls today."),
            AccountFault.MethodPaused => (StatusCodes.Status429TooManyRequests, "Fraud was reported on this method. It rests for a while."),
            AccountFault.TooManyFailures => (StatusCodes.Status429TooManyRequests, "Too many wrong codes in a row. Wait."),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
        return new(status, Names.Kebab(refusal.Fault), says) { RetryAfter = refusal.RetryAt - now };
    }
}
