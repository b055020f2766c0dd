namespace Mfa.Core;

/// <summary>What a user who gets a notification enters.</summary>
public enum NotificationProof
{
    /// <summary>The digits on the screen.</summary>
    Number,

    /// <summary>Nothing: to select Authenticate is enough.</summary>
    None,
}
