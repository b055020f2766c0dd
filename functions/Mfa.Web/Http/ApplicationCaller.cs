namespace Mfa.Web;

/// <summary>An application that speaks for itself, as its token tells.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Client">Its client id.</param>
public sealed record ApplicationCaller(string Tenant, string Client)
{
    private const string BlindRole = "mfa.verify.blind";

    /// <summary>Its app roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether it may not learn whether a user exists, or has a method.</summary>
    public bool IsBlind => Roles.Contains(BlindRole);
}
