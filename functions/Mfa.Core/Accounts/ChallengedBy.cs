namespace Mfa.Core;

/// <summary>Who asks for a second step, for the day's limits: each has its own, so that whoever has a password alone uses nothing up of those who don't take a browser's word.</summary>
public enum ChallengedBy
{
    /// <summary>A relying party, which proves itself and says that the password was right.</summary>
    RelyingParty,

    /// <summary>The account's own settings page.</summary>
    OwnPage,

    /// <summary>A browser that comes from the first step: Entra's, or a program's by way of the issuer.</summary>
    Browser,
}
