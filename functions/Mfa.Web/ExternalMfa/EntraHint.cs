namespace Mfa.Web;

/// <summary>Whom Entra says that it has signed in so far.</summary>
/// <param name="Tenant">The directory.</param>
/// <param name="User">The user's object id in it.</param>
/// <param name="Subject">What Entra calls the user towards this service: it is sent back, and names nobody here.</param>
/// <param name="Name">What the user is called, to be shown.</param>
public sealed record EntraHint(string Tenant, string User, string Subject, string? Name);
