using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>A method that a challenge can be proved by, and the ways that it has, the first of them the usual one.</summary>
public sealed record ChallengeMethod(ContactMethod Method, IReadOnlyList<How> Hows, PhoneNumber? Phone)
{
    /// <summary>What a page shows: <c>+31 ••••••78</c>, or what the user calls a device.</summary>
    public string? Label => Phone?.Masked ?? Method.Device?.Name;

    /// <summary>It, as it is shown.</summary>
    public ShownMethod Shown => new(Method.Id, Method.Kind, [.. Hows], Label);
}

/// <summary>Which methods an account can be asked by: never one that can't be used here.</summary>
public sealed class ChallengeMethods(CarrierSettings carrier, RowNames names, Decoys decoys, AllowedRegions regions, AccountPolicy policy)
{
    /// <summary>
    /// The methods of an account, the preferred one first. Made-up ones, where that is asked for and the account has none: to block it must
    /// not change what is seen of it.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="madeUp">What is made up.</param>
    /// <param name="asked">Who takes some ways and others not; null for any.</param>
    public IReadOnlyList<ChallengeMethod> Of(Account account, MadeUp madeUp, FederatedRequest? asked = null) =>
        Of(account.Methods, account.Preferred, account.NumberOf, asked) is var own && (madeUp == MadeUp.Nothing || own.Count > 0) ? own
        : decoys.Of(account.Key) is var (methods, preferred) ? Of(methods, preferred, m => m.Phone, asked) : [];

    private IReadOnlyList<ChallengeMethod> Of(IEnumerable<ContactMethod> methods, Preferred? preferred, Func<ContactMethod, PhoneNumber?> number, FederatedRequest? asked)
    {
        return
        [
            .. methods
                .Select(m => (Method: m, Phone: number(m)))
                .Select(m => new ChallengeMethod(m.Method, [.. UsableWays(m.Method, m.Phone).Where(h => asked?.Takes(h) != false).OrderBy(h => h != (m.Method.Id == preferred?.MethodId ? preferred.How : m.Method.How))], m.Phone))
                .Where(m => m.Hows.Count > 0)
                .OrderBy(m => m.Method.Id != preferred?.MethodId),
        ];
    }

    /// <summary>A challenge that asks by a method.</summary>
    public Challenge Asking(Challenge challenge, ChallengeMethod method, How how) =>
        challenge.Asking(method.Method, how, method.Phone, method.Phone is not { } phone ? null : challenge.ReachesNobody ? decoys.NumberKey(challenge.Id) : names.NumberKey(phone));

    /// <summary>The same for a caller who may not know: what refuses the contact is not told, and it is gone through with nobody's number.</summary>
    public Challenge Quietly(Challenge challenge, Account account, ChallengeMethod method, How how, AccountPolicy policy, DateTimeOffset now) =>
        Asking(challenge with { IsMuted = false }, method, how) is var asking && asking.MayContact(account, how, policy, now) is null ? asking
        : Asking(challenge with { IsMuted = true }, method, how);

    private ImmutableArray<How> UsableWays(ContactMethod method, PhoneNumber? phone) =>
        method.Kind == MethodKind.MobileApp ? method.SealedSeed is null ? [] : Ways.Of(method.Kind, null, method.Device?.IsLocked(policy) == false)
        // The directory's number may be of a region that texts and calls don't go to, and so may one that was proved before.
        : phone is null || !carrier.HasPhones || !regions.Allows(phone) ? []
        : Ways.Of(method.Kind, phone);
}
