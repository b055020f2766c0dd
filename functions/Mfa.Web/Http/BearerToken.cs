namespace Mfa.Web;

/// <summary>What a bearer token says: whose it is, or why it says nothing.</summary>
public sealed record BearerToken
{
    public Problem? Refusal { get; init; }

    /// <summary>The user, of a user's token.</summary>
    public UserCaller? User { get; init; }

    /// <summary>The application, of a token that it has for itself.</summary>
    public ApplicationCaller? Application { get; init; }

    /// <summary>App roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
