namespace Mfa.Core;

/// <summary>Where an enrollment stands, as callers see it.</summary>
public enum EnrollmentState
{
    /// <summary>Waits for the authenticator app to activate.</summary>
    AwaitingActivation,

    /// <summary>"Contact me" can be pressed.</summary>
    ReadyToContact,

    /// <summary>A verification is running.</summary>
    Contacting,

    /// <summary>The method is proved and stands in the account.</summary>
    Verified,

    /// <summary>It can't be finished.</summary>
    Failed,

    /// <summary>Its life is over.</summary>
    Expired,

    /// <summary>The user or a newer enrollment called it off.</summary>
    Cancelled,
}
