using Mfa.Core;

namespace Mfa.Web;

/// <summary>Makes the account's view for its user.</summary>
public sealed class MeViews(VerificationPolicy verifications, AccountPolicy policy, AllowedRegions regions, CarrierSettings carrier, TimeProvider time)
{
    public MeView Of(Account account, Call call)
    {
        var (user, words) = (call.TheUser, new Words(Cultures.LanguageOf(call.Request.HttpContext)));
        var now = time.GetUtcNow();
        var registered = !account.Methods.IsEmpty;
        var methods = MethodView.Of(account, policy, now);
        return new(
            account.DisplayName ?? user.Name ?? user.User,
            account.Required,
            registered,
            account.CanSignIn(policy, now),
            account.BlockedAt is not null ? words.Blocked
                : account.Required && !registered ? words.SetUp
                : null,
            methods,
            PreferredView.Of(account),
            Recommendations.For(account, carrier.HasPhones),
            policy.AppPasswords,
            account.OfficePhone?.Masked,
            account.Culture,
            // While one can be used, the account isn't locked.
            methods.Count > 0 && methods.All(m => m.LockedUntil is not null || m.Off is true) ? methods.Min(m => m.LockedUntil) : null,
            account.RecoveryCodes?.Hashes.Length ?? 0,
            new((int)verifications.Lifetime.TotalSeconds, (int)verifications.SendAgainAfter.TotalSeconds, verifications.Sends, verifications.Calls, verifications.WrongCodes, Names.Camel(verifications.CallProof), regions.ToString(), carrier.HasPhones));
    }
}
