namespace Mfa.Core;

/// <summary>Why a verification, an attempt or an effect did not succeed; shown to callers in kebab case (<c>no-answer</c>).</summary>
public enum Reason
{
    /// <summary>The phone rang and nobody answered.</summary>
    NoAnswer,

    /// <summary>The line was busy.</summary>
    Busy,

    /// <summary>The call was declined.</summary>
    Declined,

    /// <summary>The call was answered, and the tones of the extension could not be sent.</summary>
    ExtensionFailed,

    /// <summary>The call ended before a key was pressed.</summary>
    HungUp,

    /// <summary>The call was answered, and no key came (voicemail answers too).</summary>
    NoKey,

    /// <summary>The call was answered, and other keys than those asked for were pressed.</summary>
    WrongKey,

    /// <summary>The two digits entered on the phone were not those on the screen.</summary>
    WrongNumber,

    /// <summary>Too many wrong codes.</summary>
    TooManyCodes,

    /// <summary>The carrier says that the number can't be reached.</summary>
    Undeliverable,

    /// <summary>The number asked for no more texts (STOP).</summary>
    OptedOut,

    /// <summary>The carrier did not take the text or the call for minutes.</summary>
    CarrierDown,

    /// <summary>The carrier may or may not have taken it; it is not repeated.</summary>
    OutcomeUnknown,

    /// <summary>A limit of the policy was reached.</summary>
    Limit,

    /// <summary>Too little time is left for another call.</summary>
    NoTime,

    /// <summary>The device's push subscription is no more: it is forgotten, and nobody is woken by it again.</summary>
    SubscriptionGone,
}
