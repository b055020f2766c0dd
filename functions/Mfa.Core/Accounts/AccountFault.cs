namespace Mfa.Core;

/// <summary>Why something can't be begun, contacted or finished for an account.</summary>
public enum AccountFault
{
    /// <summary>The account has a method: another one needs a recent second step.</summary>
    SecondStepRequired,

    /// <summary>The account was reset meanwhile.</summary>
    AccountReset,

    /// <summary>The account no longer has the method.</summary>
    MethodGone,

    /// <summary>A newer enrollment of the same kind took its place.</summary>
    Superseded,

    /// <summary>The account tried too many new numbers today.</summary>
    NumbersLimit,

    /// <summary>The account opened too much today.</summary>
    OpensLimit,

    /// <summary>The account was asked for too many second steps today.</summary>
    ChallengesLimit,

    /// <summary>The account pressed Contact me too often today.</summary>
    ContactsLimit,

    /// <summary>The account asked for too many texts and calls today.</summary>
    SendsLimit,

    /// <summary>The account has as many methods as one can have.</summary>
    MethodsLimit,

    /// <summary>Fraud was reported on this kind of method a short while ago.</summary>
    MethodPaused,

    /// <summary>Too many wrong codes in a row: wait.</summary>
    TooManyFailures,

    /// <summary>Far too many wrong codes in a row: the method is off, and has to be set up anew (NIST SP 800-63B-4 section 3.2.2).</summary>
    MethodLocked,

    /// <summary>The authenticator app has not activated the enrollment yet.</summary>
    NotActivated,

    /// <summary>Too many wrong activation codes.</summary>
    ActivationFailed,

    /// <summary>Notifications were not agreed to: none is sent for a while.</summary>
    NotificationsWait,

    /// <summary>Too many wrong PINs: the device agrees to nothing more.</summary>
    DeviceLocked,

    /// <summary>An admin blocked the account.</summary>
    Blocked,

    /// <summary>The second step served another change that takes one once only.</summary>
    SecondStepUsed,

    /// <summary>The only method of an account that is required.</summary>
    LastMethod,

    /// <summary>The account has no method yet.</summary>
    NoMethod,

    /// <summary>The company allows no app passwords.</summary>
    AppPasswordsOff,

    /// <summary>The account has as many app passwords as one can have.</summary>
    AppPasswordsLimit,

    /// <summary>The account has a method of this kind, with another number.</summary>
    MethodThere,
}
