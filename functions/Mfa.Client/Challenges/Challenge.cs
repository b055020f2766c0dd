namespace Mfa.Client;

/// <summary>A second step that was asked for, as it stands.</summary>
public sealed record Challenge
{
    public string Id { get; init; } = "";

    /// <summary>Rises with every change.</summary>
    public long Version { get; init; }

    public ChallengeState State { get; init; }

    /// <summary>What verified it, or why none was needed: <c>remembered-browser</c>, <c>not-required</c>.</summary>
    public string? By { get; init; }

    /// <summary>Why it was denied, or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The user's id; empty as long as the caller may not learn whose a name is.</summary>
    public string User { get; init; } = "";

    /// <summary>The name that the user was asked for by, where the id may not be told.</summary>
    public string? UserName { get; init; }

    /// <summary>The method in use: <c>mobileApp</c>, <c>authenticationPhone</c> or <c>officePhone</c>.</summary>
    public string? Method { get; init; }

    /// <summary>Which of <see cref="Methods"/> that is.</summary>
    public string? MethodId { get; init; }

    /// <summary>How it is used.</summary>
    public string? How { get; init; }

    /// <summary>All that the user may choose, the preferred one first.</summary>
    public IReadOnlyList<ChallengeMethod> Methods { get; init; } = [];

    /// <summary>Whether a recovery code can be given, which a page asks for last.</summary>
    public bool RecoveryCode { get; init; }

    public ChallengeVerification? Verification { get; init; }

    /// <summary>The digits that the page shows, where the phone or the app asks for them.</summary>
    public string? Number { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where the user takes the second step, of a challenge with a <see cref="SignInPage"/>: for their browser, and nobody else.</summary>
    public Uri? SignInUrl { get; init; }

    /// <summary>
    /// The proof, for <see cref="MfaClient.ValidateAssertionAsync"/>; null until the second step is taken, and once its time is over. Of a challenge with
    /// a <see cref="SignInPage"/>, <see cref="MfaClient.RedeemAsync"/> alone gives it, or the first answer where nothing was asked of the user.
    /// </summary>
    public string? Assertion { get; init; }

    /// <summary>What to remember this browser by, where that was asked for and is allowed.</summary>
    public string? RememberedBrowser { get; init; }

    /// <summary>Whether nothing changes any more.</summary>
    public bool IsOver => State != ChallengeState.Open;

    /// <summary>Without the assertion, what remembers the browser, and the link to the page.</summary>
    public override string ToString() => $"{Id} {State}";
}
