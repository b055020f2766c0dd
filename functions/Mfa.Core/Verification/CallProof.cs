namespace Mfa.Core;

/// <summary>What the person who answers the call must press.</summary>
public enum CallProof
{
    /// <summary>#</summary>
    Pound,

    /// <summary>The two digits on the screen, then #.</summary>
    Number,
}
