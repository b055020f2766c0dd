namespace Mfa.Core;

/// <summary>What a relying party, or the user's own settings page, asks for, with the random parts that the shell drew for it.</summary>
public sealed record ChallengeRequest
{
    public required string Id { get; init; }

    /// <summary>The relying party's client id; null for the user's own.</summary>
    public string? Client { get; init; }

    /// <summary>The session of the first step, of the user's own.</summary>
    public string? Session { get; init; }

    public required string SealedSecret { get; init; }

    public required string Culture { get; init; }

    public string? RequestHash { get; init; }

    /// <summary>What the relying party calls itself.</summary>
    public string? Application { get; init; }

    /// <summary>Where the user signs in, as the relying party tells.</summary>
    public string? Place { get; init; }

    public string? Ip { get; init; }

    /// <summary>Comes back in the assertion.</summary>
    public string? Nonce { get; init; }

    public ChallengeContext? Context { get; init; }

    /// <summary>The browser that is remembered if that is asked for; null where none may be.</summary>
    public BrowserToken? Browser { get; init; }

    /// <summary>Whether it was asked for from the beginning.</summary>
    public bool Remember { get; init; }

    /// <summary>The name that the user was asked for by, where the caller may not learn whose it is; else null.</summary>
    public string? UserName { get; init; }

    /// <summary>What it has where its user proves on the sign-in page.</summary>
    public ChallengePage? Page { get; init; }

    /// <summary>What its answer needs, where it was asked for by a standard's names.</summary>
    public FederatedRequest? Federated { get; init; }

    /// <summary>Who asks, for the day's limits.</summary>
    public ChallengedBy By => Client is null ? ChallengedBy.OwnPage : FirstStep == FirstStep.Proved ? ChallengedBy.Browser : ChallengedBy.RelyingParty;

    /// <summary>What is known of the first step, where a browser came from it.</summary>
    public FirstStep FirstStep { get; init; }

    /// <summary>How long it lives, where that is shorter than the policy's time.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>What of it is made up.</summary>
    public MadeUp MadeUp { get; init; }
}

/// <summary>A remembered browser's token as it is stored.</summary>
/// <param name="Id">The browser.</param>
/// <param name="Hash">The token's hash.</param>
public sealed record BrowserToken(string Id, string Hash);
