namespace Mfa.Client;

/// <summary>The service's own page, on which the user takes the second step.</summary>
/// <param name="ReturnTo">Where it sends the user back: character for character one of the addresses that the service has for this client.</param>
/// <param name="State">Comes back with the user.</param>
public sealed record SignInPage(string ReturnTo, string? State = null);
