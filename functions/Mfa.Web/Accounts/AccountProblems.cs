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
            AccountFault.MethodsLimit => (StatusCodes.Status409Conflict, "The account has as many methods as it can have. Remove one first."),
            AccountFault.MethodLocked => (StatusCodes.Status403Forbidden, "Too many wrong codes in a row. This method is off: set it up anew."),
            AccountFault.Blocked => (StatusCodes.Status403Forbidden, "An admin blocked this account."),
            AccountFault.SecondStepUsed => (StatusCodes.Status403Forbidden, "This second step served another change that takes one of its own. Take a new one."),
            AccountFault.LastMethod => (StatusCodes.Status409Conflict, "Two-step verification is required, and this is the only method. Set up another one first."),
            AccountFault.NoMethod => (StatusCodes.Status409Conflict, "The account has no method yet. Set one up first."),
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
