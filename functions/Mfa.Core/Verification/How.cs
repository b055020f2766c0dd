namespace Mfa.Core;

/// <summary>The way a method proves the user.</summary>
public enum How
{
    /// <summary>A text with a code, typed on the page or sent back as a reply.</summary>
    Text,

    /// <summary>An automated call: answer, press #.</summary>
    Call,

    /// <summary>A code of an authenticator app that changes every 30 seconds (RFC 6238).</summary>
    Code,

    /// <summary>A notification to an authenticator app: the number on the screen, a PIN where one is asked for, Authenticate.</summary>
    Notification,
}
