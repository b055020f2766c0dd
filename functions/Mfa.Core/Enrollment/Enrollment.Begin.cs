namespace Mfa.Core;

public partial record Enrollment
{
    // More than anybody uses; it keeps the account's row small.
    private const int MethodsAtMost = 10;

    /// <summary>Opens an enrollment.</summary>
    /// <param name="account">The account as it stands.</param>
    /// <param name="request">What was chosen.</param>
    /// <param name="secondStepAt">When the second step was taken that the caller shows.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>The account and the enrollment to save, or the refusal.</returns>
    public static (Account Account, Enrollment? Enrollment, AccountRefusal? Refusal) Begin(
        Account account, EnrollmentRequest request, DateTimeOffset? secondStepAt, AccountPolicy policy, DateTimeOffset now)
    {
        if (account.NeedsSecondStep(secondStepAt, policy, now))
        {
            return (account, null, new(AccountFault.SecondStepRequired));
        }

        if (account.Methods.Length >= MethodsAtMost)
        {
            return (account, null, new(AccountFault.MethodsLimit));
        }

        if (account.MayOpen(request.Kind, policy, now) is { } refusal)
        {
            return (account, null, refusal);
        }

        var chose = request.NumberKey is { } number ? account.Chose(number, request.Phone, policy, now) : account;
        if (chose is null)
        {
            return (account, null, new(AccountFault.NumbersLimit, Today.Ends(now)));
        }

        var opened = chose.Opened(now) with { IsKnown = true, Latest = account.Latest.SetItem(request.Kind, request.Id) };
        return (opened, new Enrollment
        {
            Id = request.Id,
            NewMethodId = request.MethodId,
            Version = 1,
            Epoch = account.Epoch,
            Kind = request.Kind,
            How = request.How,
            Phone = request.Phone,
            NumberKey = request.NumberKey,
            HasDevice = request.How == How.Notification,
            Activation = request.How == How.Notification ? new() { AccountName = request.AccountName } : null,
            SealedSecret = request.SealedSecret,
            CreatedAt = now,
            ExpiresAt = now + policy.EnrollmentLifetime,
            Session = request.Session,
            Culture = request.Culture,
            RequestHash = request.RequestHash,
            SecondStepAt = secondStepAt,
        }, null);
    }
}
