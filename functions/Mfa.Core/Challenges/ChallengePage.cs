namespace Mfa.Core;

/// <summary>What a challenge has where its user proves on this service's own sign-in page.</summary>
/// <param name="ReturnTo">Where the user goes when it is over: an address that is set for its relying party.</param>
/// <param name="State">What the relying party knows its sign-in by, which goes along.</param>
public sealed record ChallengePage(string ReturnTo, string? State)
{
    /// <summary>How often its user may say whether the browser is to be remembered: each is a write, which others that have something to say wait for.</summary>
    public const int TicksAtMost = 20;

    // No hash is as short.
    private const string ByNobody = "-";

    /// <summary>Whether whoever asked may not learn who exists: then no more is shown on the page either.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The language of the page; null where it is the browser's.</summary>
    public string? Culture { get; init; }

    /// <summary>How often they did.</summary>
    public int Ticks { get; init; }

    /// <summary>The hash of the window that opened the page first: no other one sees it any more.</summary>
    public string? Window { get; init; }

    /// <summary>What redeemed the answer, as a hash; null as long as nothing has.</summary>
    public string? Redeemed { get; init; }

    /// <summary>It as a window sees it: the first one that looks has it for itself. Null where another one looked before.</summary>
    /// <param name="window">The hash of the window; null where it drew nothing, which takes nothing.</param>
    public ChallengePage? OpenedBy(string? window) => window == Window ? this : Window is null ? this with { Window = window } : null;

    /// <summary>It, its answer redeemed: once, or again by the very same request. Null where another request did before.</summary>
    /// <param name="request">What the request is known by, as a hash; null where nobody can tell that it comes again.</param>
    public ChallengePage? RedeemedBy(string? request) => Redeemed is null ? this with { Redeemed = request ?? ByNobody } : request == Redeemed ? this : null;
}
