namespace Mfa.Web;

/// <summary>A challenge as its caller sees it.</summary>
public sealed record ChallengeView
{
    public required string Id { get; init; }

    /// <summary>Differs whenever what is seen here differs.</summary>
    public required long Version { get; init; }

    public required string State { get; init; }

    /// <summary>What satisfied or verified it.</summary>
    public string? By { get; init; }

    /// <summary>Why it was denied, or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The user's id; where the caller may not learn whose a name is, once it is proved.</summary>
    public string? User { get; init; }

    /// <summary>The name that the user was asked for by, in the place of an id that may not be told.</summary>
    public string? UserName { get; init; }

    /// <summary>The method that is asked for now: its kind, its id and the way.</summary>
    public string? Method { get; init; }

    public string? MethodId { get; init; }

    public string? How { get; init; }

    /// <summary>What else the user can be asked by, the preferred one first.</summary>
    public required IReadOnlyList<ChallengeMethodView> Methods { get; init; }

    /// <summary>Whether a recovery code can be given, which a page asks for last.</summary>
    public required bool RecoveryCode { get; init; }

    public VerificationView? Verification { get; init; }

    /// <summary>The digits that a page shows, to be pressed in the call or sent with the reply.</summary>
    public string? Number { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The link to its sign-in page, for the user's browser alone.</summary>
    public string? SignInUrl { get; init; }

    /// <summary>For the one who asked, as long as it counts.</summary>
    public string? Assertion { get; init; }

    /// <summary>The token for the browser that is remembered.</summary>
    public string? RememberedBrowser { get; init; }

    /// <summary>What the user signs in to. This, and what follows, is for the sign-in page.</summary>
    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Ip { get; init; }

    /// <summary>What the user agrees to by proving.</summary>
    public ContextView? Context { get; init; }

    /// <summary>Whose page it is.</summary>
    public string? Company { get; init; }

    /// <summary>The language of the page; null where it is the browser's.</summary>
    public string? Culture { get; init; }

    /// <summary>Whether the user has to set a method up first, which is the proof then; null where not.</summary>
    public bool? SetUp { get; init; }

    /// <summary>Whether the browser will be remembered, as the user says; null where it can't be, or once it is over.</summary>
    public bool? RememberBrowser { get; init; }

    /// <summary>Where the user goes now that it is over.</summary>
    public string? ReturnTo { get; init; }
}

/// <summary>What a user agrees to.</summary>
public sealed record ContextView(string Title, IReadOnlyList<ContextDetailView> Details);

/// <summary>A part of it.</summary>
public sealed record ContextDetailView(string Label, string Value);

/// <summary>A method that the user can be asked by.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">Its kind.</param>
/// <param name="Hows">Its ways, the usual one first.</param>
/// <param name="Label">What a page shows.</param>
public sealed record ChallengeMethodView(string Id, string Method, IReadOnlyList<string> Hows, string? Label);
