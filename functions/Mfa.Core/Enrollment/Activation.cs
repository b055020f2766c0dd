namespace Mfa.Core;

/// <summary>What an authenticator app makes of an enrollment that notifications are set up with.</summary>
public sealed record Activation
{
    /// <summary>What the user was called where they signed in when it was opened.</summary>
    public string? AccountName { get; init; }

    /// <summary>Wrong codes so far.</summary>
    public int WrongCodes { get; init; }

    /// <summary>The device that activated it; null as long as none has.</summary>
    public Device? Device { get; init; }

    /// <summary>The seed of the device's codes, as the shell sealed it.</summary>
    public string? SealedSeed { get; init; }
}

/// <summary>What became of an activation code.</summary>
public enum ActivationAnswer
{
    /// <summary>The device is activated; the same device may hear so again.</summary>
    Activated,

    /// <summary>The code is wrong, and was counted.</summary>
    WrongCode,

    /// <summary>The enrollment is over, or another device activated it.</summary>
    Over,
}
