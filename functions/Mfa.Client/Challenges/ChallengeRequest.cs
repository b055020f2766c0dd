namespace Mfa.Client;

/// <summary>Whose second step is asked for, and what for.</summary>
/// <param name="User">The user's id, as the first step's tokens have it.</param>
/// <param name="Application">What the user signs in to, as texts, calls and the app say it.</param>
public sealed record ChallengeRequest(string User, string Application)
{
    /// <summary>The name that the user signs in with, in the place of an id: see <see cref="ByName"/>.</summary>
    public string? UserName { get; init; }

    /// <summary>Asks for whoever signs in with a name, as an admin told the service of it.</summary>
    /// <param name="userName">The name, whatever its capitals.</param>
    /// <param name="application">What the user signs in to.</param>
    public static ChallengeRequest ByName(string userName, string application) => new("", application) { UserName = userName };

    /// <summary>A method of the user's; the preferred one where null.</summary>
    public string? MethodId { get; init; }

    /// <summary>How to use it: <c>notification</c>, <c>code</c>, <c>text</c> or <c>call</c>.</summary>
    public string? How { get; init; }

    /// <summary>Where the sign-in comes from, as people say it.</summary>
    public string? Place { get; init; }

    /// <summary>The address that it comes from.</summary>
    public string? Ip { get; init; }

    /// <summary>Comes back in the assertion: ties it to this sign-in. A new one each time.</summary>
    public string? Nonce { get; init; }

    /// <summary>The language, such as <c>nl-NL</c>, where the account has none.</summary>
    public string? Culture { get; init; }

    /// <summary>What the last challenge in this browser gave to remember it by. It serves once: the answer has the next one.</summary>
    public string? RememberedBrowser { get; init; }

    /// <summary>Asks for what this browser can be remembered by, where the tenant allows it.</summary>
    public bool? RememberBrowser { get; init; }

    /// <summary>What the user agrees to; its hash comes back in the assertion.</summary>
    public MfaContext? Context { get; init; }

    /// <summary>Has the service show the page: send the user to <see cref="Challenge.SignInUrl"/>, and hand what comes back to <see cref="MfaClient.RedeemAsync"/>.</summary>
    public SignInPage? Page { get; init; }

    /// <summary>False: nothing is sent until <see cref="MfaClient.ContactAsync"/>.</summary>
    public bool? Contact { get; init; }

    /// <summary>Whoever asks again with the same key asks for the same challenge. A new one for each call where null.</summary>
    public string? IdempotencyKey { get; init; }
}
