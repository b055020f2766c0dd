using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A method as its user sees it.</summary>
public sealed record MethodView(string Id, string Method, string How, string? Phone, DateTimeOffset VerifiedAt);

/// <summary>What the user is contacted with first.</summary>
public sealed record PreferredView(string MethodId, string How);

/// <summary>The user's account: what is required, what is set up, what should be.</summary>
public sealed record MeView(
    string Account,
    bool Required,
    bool Registered,
    bool CanSignIn,
    string? Message,
    IReadOnlyList<MethodView> Methods,
    PreferredView? Preferred,
    IReadOnlyList<string> Recommended,
    bool AppPasswordsAllowed,
    string? OfficePhone,
    PolicyView Policy);

/// <summary>The rules that a page shows or counts down.</summary>
public sealed record PolicyView(int VerificationSeconds, int SendAgainAfterSeconds, int Sends, int Calls, int WrongCodes, string CallProof, string AllowedRegions, bool Phones);

/// <summary>GET /me.</summary>
public sealed class ReadMe(AccountRows accounts, VerificationPolicy policy, AllowedRegions regions, CarrierSettings carrier)
{
    public async Task<IResult> GetAsync(Call call)
    {
        var user = call.TheUser;
        var account = (await accounts.LoadAsync(user.Tenant, user.User, call.Aborted)).Account;
        return Wire.Json(View(account, user));
    }

    private MeView View(Account account, UserCaller user)
    {
        var registered = !account.Methods.IsEmpty;
        return new(
            account.DisplayName ?? user.Name ?? user.User,
            account.Required,
            registered,
            registered || !account.Required,
            account.Required && !registered ? "Your admin has required that you set up this account for additional security verification." : null,
            [.. account.Methods.Select(m => new MethodView(m.Id, Names.Camel(m.Kind), Names.Camel(m.How), m.Phone?.Masked, m.VerifiedAt))],
            account.Preferred is { } p ? new(p.MethodId, Names.Camel(p.How)) : null,
            Recommendations.For(account, carrier.HasPhones),
            AppPasswordsAllowed: false,
            account.OfficePhone?.Masked,
            new((int)policy.Lifetime.TotalSeconds, (int)policy.SendAgainAfter.TotalSeconds, policy.Sends, policy.Calls, policy.WrongCodes, Names.Camel(policy.CallProof), regions.ToString(), carrier.HasPhones));
    }
}
