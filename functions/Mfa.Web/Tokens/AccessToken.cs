namespace Mfa.Web;

/// <summary>What an access token of this service says.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user's id in it.</param>
/// <param name="Session">The session of the first step; null where the program took that itself.</param>
/// <param name="Scope">What the program asked for, with blanks between.</param>
/// <param name="Acr">How sure the second step was: one of <see cref="Web.Acr"/>.</param>
/// <param name="Step">The second step.</param>
public sealed record AccessToken(string Tenant, string User, string? Session, string Scope, string Acr, SecondStep Step);
