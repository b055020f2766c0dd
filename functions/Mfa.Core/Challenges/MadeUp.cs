namespace Mfa.Core;

/// <summary>What of a challenge only looks as if it were there, for callers who may not learn what there is.</summary>
public enum MadeUp
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The methods: the account has codes on paper, and nothing that it can be asked by.</summary>
    Methods,

    /// <summary>The user: nothing is right.</summary>
    User,
}
