namespace Mfa.Core;

/// <summary>What is known of the first step of somebody for whom a second one is asked.</summary>
public enum FirstStep
{
    /// <summary>Nothing that a first method could be set up by.</summary>
    Unknown,

    /// <summary>A program that is believed says that it took it; it may spell its user as it likes.</summary>
    Told,

    /// <summary>Who took it is proved: by the issuer's token, or by Entra's hint.</summary>
    Proved,
}
