namespace Mfa.Client;

/// <summary>A method that the user may choose.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method"><c>mobileApp</c>, <c>authenticationPhone</c> or <c>officePhone</c>.</param>
/// <param name="Hows">How it can be used.</param>
/// <param name="Label">What a page shows: <c>+31 ••••••78</c>.</param>
public sealed record ChallengeMethod(string Id, string Method, IReadOnlyList<string> Hows, string? Label);
