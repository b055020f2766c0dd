namespace Mfa.Core;

/// <summary>What a reply to a text must hold.</summary>
public enum ReplyProof
{
    /// <summary>The code.</summary>
    Code,

    /// <summary>
    /// The code, and after it the two digits on the screen. Senders can be forged, and the digits stand on an attacker's screen too: the
    /// code proves the phone. The digits prove that whoever holds it looks at this very page.
    /// </summary>
    Number,
}
