namespace Mfa.Web;

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
    string? Culture,
    DateTimeOffset? LockedUntil,
    int RecoveryCodesLeft,
    PolicyView Policy);
