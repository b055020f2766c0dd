using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Enrollment
{
    // More than anybody uses; it keeps the account's row small.
    private const int MethodsAtMost = 10;

    /// <summary>Opens an enrollment.</summary>
    /// <param name="account">The account as it stands.</param>
    /// <param name="request">What was chosen.</param>
    /// <param name="earlier">The enrollment of this kind before it, already cancelled where it was open.</param>
    /// <param name="secondStepAt">When the second step was taken that the caller shows.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>The account and the enrollment to save, or the refusal.</returns>
    public static (Account Account, Enrollment? Enrollment, EnrollmentRefusal? Refusal) Begin(
        Account account, EnrollmentRequest request, Enrollment? earlier, DateTimeOffset? secondStepAt, AccountPolicy policy, DateTimeOffset now)
    {
        if (NeedsSecondStep(account, secondStepAt, policy, now))
        {
            return (account, null, new(EnrollmentFault.SecondStepRequired));
        }

        if (account.Methods.Length >= MethodsAtMost)
        {
            return (account, null, new(EnrollmentFault.MethodsLimit));
        }

        if (PausedUntil(account, request.Kind, now) is { } pausedUntil)
        {
            return (account, null, new(EnrollmentFault.MethodPaused, pausedUntil));
        }

        var known = earlier?.Usage ?? account.Usage.GetValueOrDefault(request.Kind) ?? new Usage();
        var usage = known.On(now);
        var number = request.NumberKey;
        if (number is not null && !usage.Numbers.Contains(number) && !IsProved(account, request.Phone))
        {
            if (usage.Numbers.Length >= policy.NewNumbersADay)
            {
                return (account, null, new(EnrollmentFault.NumbersLimit, Tomorrow(now)));
            }

            usage = usage with { Numbers = usage.Numbers.Add(number) };
        }

        var opened = account with { Latest = account.Latest.SetItem(request.Kind, request.Id), Usage = account.Usage.SetItem(request.Kind, usage) };
        return (opened, new Enrollment
        {
            Id = request.Id,
            NewMethodId = request.MethodId,
            Version = 1,
            Epoch = account.Epoch,
            Kind = request.Kind,
            How = request.How,
            Phone = request.Phone,
            NumberKey = number,
            SealedSecret = request.SealedSecret,
            CreatedAt = now,
            ExpiresAt = now + policy.EnrollmentLifetime,
            Session = request.Session,
            Culture = request.Culture,
            RequestHash = request.RequestHash,
            SecondStepAt = secondStepAt,
            Usage = usage,
        }, null);
    }

    /// <summary>Whether an account that has a method must show a second step, or a younger one.</summary>
    public static bool NeedsSecondStep(Account account, DateTimeOffset? secondStepAt, AccountPolicy policy, DateTimeOffset now) =>
        !account.Methods.IsEmpty && !(now - secondStepAt <= policy.SecondStepWithin);

    private static bool IsProved(Account account, PhoneNumber? phone) =>
        phone is not null && account.Methods.Any(m => m.Phone == phone);

    private static DateTimeOffset? PausedUntil(Account account, MethodKind kind, DateTimeOffset now) =>
        account.PausedUntil.TryGetValue(kind, out var until) && until > now ? until : null;

    private static DateTimeOffset Tomorrow(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
