using Mfa.Core;

namespace Mfa.Web;

/// <summary>An account as an admin sees it: no secrets, numbers masked.</summary>
public sealed record UserView(
    string User,
    string? UserName,
    string? DisplayName,
    string? Email,
    string? OfficePhone,
    string? Culture,
    bool Required,
    DateTimeOffset? GraceUntil,
    bool Registered,
    bool CanSignIn,
    DateTimeOffset? BlockedAt,
    DateTimeOffset? ErasedAt,
    IReadOnlyList<MethodView> Methods,
    PreferredView? Preferred,
    IReadOnlyList<string> Locked,
    IReadOnlyDictionary<string, DateTimeOffset> PausedUntil,
    int RecoveryCodesLeft,
    DateTimeOffset? BypassUntil,
    IReadOnlyList<BrowserView> RememberedBrowsers)
{
    public static UserView Of(Account account, AccountPolicy policy, DateTimeOffset now) => new(
        account.User,
        account.UserName,
        account.DisplayName,
        account.Email,
        account.OfficePhone?.Masked,
        account.Culture,
        account.Required,
        account.GraceUntil,
        !account.Methods.IsEmpty,
        account.CanSignIn(policy, now),
        account.BlockedAt,
        account.ErasedAt,
        MethodView.Of(account, policy, now),
        PreferredView.Of(account),
        [.. account.WrongCodes.Keys.Where(k => account.IsLocked(k, policy)).Order().Select(Names.Camel)],
        account.PausedUntil.Where(p => p.Value > now).ToDictionary(p => Names.Camel(p.Key), p => p.Value),
        account.RecoveryCodes?.Hashes.Length ?? 0,
        account.Bypass is { UsesLeft: > 0 } bypass && bypass.ExpiresAt > now ? bypass.ExpiresAt : null,
        BrowserView.Of(account, now));
}
