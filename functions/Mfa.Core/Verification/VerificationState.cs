namespace Mfa.Core;

/// <summary>Where a verification stands. The first two go on, the last six are final.</summary>
public enum VerificationState
{
    /// <summary>A text or a call is on its way to the carrier.</summary>
    Delivering,

    /// <summary>The user has it, or will soon; we wait for the proof or for the next attempt.</summary>
    Waiting,

    /// <summary>The user gave the right proof.</summary>
    Verified,

    /// <summary>The user, or a wrong matching number, said no.</summary>
    Denied,

    /// <summary>It can't succeed any more; <see cref="Reason"/> tells why.</summary>
    Failed,

    /// <summary>The deadline passed.</summary>
    Expired,

    /// <summary>The user or a newer enrollment called it off.</summary>
    Cancelled,

    /// <summary>The person at the phone reported fraud.</summary>
    FraudReported,
}
