namespace Mfa.Core;

public partial record Challenge
{
    /// <summary>Asks for a second step. Nobody is contacted yet.</summary>
    /// <param name="account">The account as it stands.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public static (Account Account, Challenge? Challenge, AccountRefusal? Refusal) Begin(Account account, ChallengeRequest request, AccountPolicy policy, DateTimeOffset now) =>
        account.MayChallenge(request.By, policy, now) is { } refusal ? (account, null, refusal) : (account.Challenged(request.By, now), new()
        {
            Id = request.Id,
            Version = 1,
            Epoch = account.Epoch,
            Kind = MethodKind.MobileApp,
            How = How.Code,
            SealedSecret = request.SealedSecret,
            Session = request.Session,
            Culture = request.Culture,
            CreatedAt = now,
            ExpiresAt = now + (request.Lifetime < policy.ChallengeLifetime ? request.Lifetime.Value : policy.ChallengeLifetime),
            RequestHash = request.RequestHash,
            Client = request.Client,
            Application = request.Application,
            Place = request.Place,
            Ip = request.Ip,
            Nonce = request.Nonce,
            Context = request.Context,
            Browser = request.Browser,
            Remember = request.Remember && request.Browser is not null,
            MadeUp = request.MadeUp,
            UserName = request.UserName,
            Page = request.Page,
            Federated = request.Federated,
        }, null);

    /// <summary>It, satisfied without asking the user.</summary>
    public Challenge Satisfied(ProofKind by, DateTimeOffset now) => Ended(ChallengeState.Satisfied, now) with { By = by };

    /// <summary>It, with a method to ask for.</summary>
    /// <param name="method">The method.</param>
    /// <param name="how">The way.</param>
    /// <param name="phone">The number that is called or texted.</param>
    /// <param name="numberKey">Its partition key.</param>
    public Challenge Asking(ContactMethod method, How how, PhoneNumber? phone, string? numberKey) =>
        this with { MethodId = method.Id, Kind = method.Kind, HasDevice = method.Device is not null, How = how, Phone = phone, NumberKey = numberKey };
}
