using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    /// <summary>The account as the company describes it. A proved office phone follows the directory: it is the directory's number that is called.</summary>
    public Account Described(AccountDetails details)
    {
        var described = this with
        {
            IsKnown = true,
            UserName = details.UserName,
            DisplayName = details.DisplayName,
            Email = details.Email,
            OfficePhone = details.OfficePhone,
            Culture = details.Culture,
            Required = details.Required,
            GraceUntil = details.GraceUntil,
        };
        return details.OfficePhone == OfficePhone ? described
            : details.OfficePhone is null ? described.With([.. Methods.Where(m => m.Kind != MethodKind.OfficePhone)])
            : described with { Methods = [.. Methods.Select(m => m.Kind == MethodKind.OfficePhone ? m with { Phone = details.OfficePhone } : m)] };
    }

    /// <summary>The account as if nothing had been set up; whether it is required, and its grace, stay.</summary>
    public Account Reset() => this with
    {
        Epoch = Epoch + 1,
        Today = Today with { Challenges = 0, OwnChallenges = 0, BrowserChallenges = 0, WrongPasswords = 0 },
        Methods = [],
        Preferred = null,
        Latest = ImmutableDictionary<MethodKind, string>.Empty,
        PausedUntil = ImmutableDictionary<MethodKind, DateTimeOffset>.Empty,
        WrongCodes = ImmutableDictionary<MethodKind, WrongCodes>.Empty,
        RecoveryCodes = null,
        Bypass = null,
        Browsers = [],
        AppPasswords = [],
        WrongPasswords = ImmutableDictionary<string, WrongPasswords>.Empty,
        UsedSteps = ImmutableDictionary<string, DateTimeOffset>.Empty,
        Notified = [],
    };

    /// <summary>The account, kept from signing in and from setting anything up; what it had proved is kept. The very same where it is blocked.</summary>
    public Account Block(DateTimeOffset now) =>
        BlockedAt is null ? this with { BlockedAt = now, Epoch = Epoch + 1, Bypass = null, Browsers = [], AppPasswords = [] } : this;

    /// <summary>The account, free again; the very same where it isn't blocked.</summary>
    public Account Unblock() => BlockedAt is null ? this : this with { BlockedAt = null };

    /// <summary>The account with a code of an admin, which takes the place of an older one.</summary>
    public (Account Account, AccountRefusal? Refusal) LetBy(Bypass bypass) =>
        Blocked is { } refusal ? (this, refusal) : (this with { Bypass = bypass, Today = Today with { Challenges = 0, BrowserChallenges = 0 } }, null);

    /// <summary>
    /// The account with a phone that its user proved elsewhere, as an admin vouches; the very same where it has it. It takes the place of nothing that
    /// was proved here.
    /// </summary>
    public (Account Account, AccountRefusal? Refusal) VouchedFor(ContactMethod phone)
    {
        var there = Methods.FirstOrDefault(m => m.Kind == phone.Kind);
        return Blocked is { } refusal ? (this, refusal)
            : there is null ? (With([.. Methods, phone]) with { IsKnown = true }, null)
            : (this, there.Phone == phone.Phone ? null : new AccountRefusal(AccountFault.MethodThere));
    }

    /// <summary>
    /// What stays of an account whose user is erased: that it is required or blocked, so that erasing opens no door, its epoch, and the
    /// day's counts without the numbers. Nothing that says who it was, or what they had.
    /// </summary>
    public Account Erase(DateTimeOffset now) => new()
    {
        Key = Key,
        Tenant = Tenant,
        User = "",
        Epoch = Epoch + 1,
        Required = Required,
        BlockedAt = BlockedAt,
        ErasedAt = now,
        Today = Today with { Numbers = [] },
        NotedUntil = NotedUntil,
    };
}
