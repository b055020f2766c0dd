namespace Mfa.Core;

/// <summary>What a challenge has where its user proves on this service's own sign-in page.</summary>
/// <param name="ReturnTo">Where the user goes when it is over: an address that is set for its relying party.</param>
/// <param name="State">What the relying party knows its sign-in by, which goes along.</param>
public sealed record ChallengePage(string ReturnTo, string? State)
{
    /// <summary>Whether whoever asked may not learn who exists: then no more is shown on the page either.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The language of the page; null where it is the browser's.</summary>
    public string? Culture { get; init; }

    /// <summary>The hash of the window that opened the page first: no other one sees it any more.</summary>
    public string? Window { get; init; }

    /// <summary>What redeemed the answer, as a hash; null as long as nothing has.</summary>
    public string? Redeemed { get; init; }
}
