namespace Mfa.Core;

/// <summary>What a call says. The words are the shell's, in the account's language.</summary>
public enum CallPrompt
{
    /// <summary>Press # to verify; 0 and then # reports fraud.</summary>
    Verify,

    /// <summary>Not recognized; asks again.</summary>
    VerifyAgain,

    /// <summary>0 was pressed: # goes on with the report.</summary>
    FraudPound,

    /// <summary>0 and # were pressed: 1 confirms the report.</summary>
    FraudConfirm,

    /// <summary>Last words: verified.</summary>
    GoodbyeVerified,

    /// <summary>Last words: not verified.</summary>
    GoodbyeFailed,

    /// <summary>Last words: fraud reported.</summary>
    GoodbyeFraud,
}
