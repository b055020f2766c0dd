namespace Mfa.Core;

/// <summary>What became of a remembered browser's token.</summary>
public enum BrowserUse
{
    /// <summary>There is no such browser, or no more, or it is another relying party's.</summary>
    Unknown,

    /// <summary>It counts, once; another token takes its place.</summary>
    Accepted,

    /// <summary>It was used before: the browser is remembered no more.</summary>
    Reused,
}
