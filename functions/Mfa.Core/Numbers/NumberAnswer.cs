namespace Mfa.Core;

/// <summary>What a number may still get.</summary>
public enum NumberAnswer
{
    /// <summary>Send.</summary>
    Reserved,

    /// <summary>The number asked for no more texts.</summary>
    OptedOut,

    /// <summary>This account has just sent to it; see the time.</summary>
    TooSoon,

    /// <summary>The limit is reached; see the time.</summary>
    Limit,
}
