using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>A code was given in a challenge, with all that it may be compared with. Its form tells what it can be.</summary>
public sealed record CodeGiven : VerificationEvent
{
    /// <summary>Six digits: a texted code, or an authenticator's.</summary>
    public string? Digits { get; init; }

    /// <summary>The hash of a recovery code, in the form of the account's set; null where the code has another form.</summary>
    public string? RecoveryHash { get; init; }

    /// <summary>The hash of a bypass, likewise.</summary>
    public string? BypassHash { get; init; }

    /// <summary>Which of the three it is.</summary>
    public required GivenForm Form { get; init; }

    /// <summary>The key of the texted codes.</summary>
    public required Secret Key { get; init; }

    /// <summary>The seeds of the account's authenticators, by method.</summary>
    public required ImmutableDictionary<string, Secret> Seeds { get; init; }

    /// <summary>Whether the browser is to be remembered if it is right.</summary>
    public bool Remember { get; init; }

    /// <summary>Whether it counts as wrong where there is nothing to compare it with, so that this can't be told from the answer.</summary>
    public bool CountsAnyway { get; init; }

    /// <summary>Prints neither the code nor a key.</summary>
    public override string ToString() => nameof(CodeGiven);
}

/// <summary>What a code can be, by its form.</summary>
public enum GivenForm
{
    /// <summary>Six digits.</summary>
    Digits,

    /// <summary>Thirteen letters and digits of base32.</summary>
    Recovery,

    /// <summary>Eight of them.</summary>
    Bypass,
}
