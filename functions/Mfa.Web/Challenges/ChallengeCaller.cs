namespace Mfa.Web;

/// <summary>Whose challenges a request may see: those that its relying party asked for, those of the user's own session, or the one that its ticket opens.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Client">The relying party's client id; null for a user, and for the sign-in page.</param>
/// <param name="User">The user; null for a relying party, and for the sign-in page.</param>
/// <param name="IsBlind">Whether it may not learn whether a user exists, or has a method.</param>
public sealed record ChallengeCaller(string Tenant, string? Client, UserCaller? User, bool IsBlind)
{
    /// <summary>The sign-in page; null for whoever comes with a token.</summary>
    public SignInWindow? Page { get; init; }

    /// <summary>The role of a relying party.</summary>
    public const string Role = "mfa.verify";

    public static ChallengeCaller Of(Call call) => call.Caller.SignIn is { } ticket
        ? new("", null, null, ticket.IsBlind) { Page = call.Get<SignInPages>().Window(ticket) }
        : call.Caller.Application is { } application
        ? new(application.Tenant, application.Client, null, application.IsBlind)
        : new(call.TheUser.Tenant, null, call.TheUser, false);

    /// <summary>The path below which its challenges are.</summary>
    public string Path => Client is null ? "/api/v1/me/challenges" : "/api/v1/challenges";

    /// <summary>Whether a challenge is its.</summary>
    public bool Owns(StoredHolder stored) =>
        stored.Holder is Core.Challenge challenge && (Page is { } page ? page.Owns(challenge)
            // Who asked by a standard is answered by it alone: a client id of the issuer's may be called the same.
            : challenge.Federated is null && challenge.Client == Client && stored.Account.Tenant == Tenant
                && (User is null || (stored.Account.User == User.User && challenge.Session == User.Session)));

    /// <summary>The id in the path; null where it has not the form of a challenge's.</summary>
    public static string? Id(Call call)
    {
        var id = call.Value("id");
        return RowNames.IsId(id) && RowNames.MarkOf(id) == ChallengeKind.Rows.Mark ? id : null;
    }
}
