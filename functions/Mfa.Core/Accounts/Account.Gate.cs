namespace Mfa.Core;

public partial record Account
{
    /// <summary>Whether the user may sign in, with a second step or without.</summary>
    public bool CanSignIn(AccountPolicy policy, DateTimeOffset now) => GateAt(policy, now) is not (Gate.Blocked or Gate.EnrollmentRequired);

    /// <summary>What a sign-in needs at this time.</summary>
    public Gate GateAt(AccountPolicy policy, DateTimeOffset now) =>
        BlockedAt is not null ? Gate.Blocked
        : !Methods.IsEmpty || (Bypass is { } bypass && bypass.ExpiresAt > now) || RecoveryCodes is { Hashes.IsEmpty: false } ? Gate.Ask
        : !Required && (IsKnown || policy.UnknownUsersPass) ? Gate.NotRequired
        : Required && now < GraceUntil ? Gate.Grace
        : Gate.EnrollmentRequired;

    /// <summary>
    /// Whether its user may set the first method up on the way of a sign-in. Who is only told of has to be known already: another spelling makes nobody.
    /// </summary>
    public bool MaySetUpOnTheWay(FirstStep first, AccountPolicy policy, DateTimeOffset now) =>
        (first == FirstStep.Proved || (first == FirstStep.Told && IsKnown))
        && Methods.IsEmpty && GateAt(policy, now) is Gate.EnrollmentRequired or Gate.NotRequired or Gate.Grace;

    /// <summary>The number that a method calls or texts; of the office phone always the one in the company's directory.</summary>
    public PhoneNumber? NumberOf(ContactMethod method) => method.Kind == MethodKind.OfficePhone ? OfficePhone : method.Phone;
}
