namespace Mfa.Core;

/// <summary>What happened to an account, or to something that it opened.</summary>
public enum AuditKind
{
    /// <summary>Setting up a method began.</summary>
    EnrollmentBegun,

    /// <summary>A method was not set up: failed or called off.</summary>
    EnrollmentEnded,

    /// <summary>A second step was asked for.</summary>
    ChallengeAsked,

    /// <summary>A second step ended; the state tells how.</summary>
    ChallengeEnded,

    /// <summary>A text or a call went out, or was asked for again.</summary>
    Contacted,

    /// <summary>What was contacted ended; the state and the reason tell how.</summary>
    ContactEnded,

    /// <summary>A wrong code was given.</summary>
    WrongCode,

    /// <summary>Fraud was reported: the method rests.</summary>
    MethodPaused,

    /// <summary>A wrong PIN was entered.</summary>
    WrongPin,

    MethodAdded,
    MethodRemoved,
    PreferredChanged,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    BypassMade,
    BypassUsed,
    BrowserRemembered,
    BrowserUsed,

    /// <summary>A browser is remembered no more.</summary>
    BrowserForgotten,

    /// <summary>A browser's token was shown a second time: there are two copies, and both are out.</summary>
    BrowserReused,

    AppPasswordMade,
    AppPasswordRevoked,

    /// <summary>A wrong app password was shown.</summary>
    WrongAppPassword,

    RequirementChanged,
    OfficePhoneChanged,
    Blocked,
    Unblocked,
    Reset,
    Erased,
}
