using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace RelyingParty;

/// <summary>Who has only the password right: kept in a cookie of its own, sealed, for ten minutes.</summary>
internal sealed record HalfSignedIn(string Challenge, string User, string Nonce)
{
    public const string Scheme = "Half";

    public static async Task<HalfSignedIn?> ReadAsync(HttpContext http) =>
        (await http.AuthenticateAsync(Scheme)).Principal is { } p ? new(p.FindFirstValue("challenge")!, p.FindFirstValue("user")!, p.FindFirstValue("nonce")!) : null;

    public Task KeepAsync(HttpContext http) => http.SignInAsync(Scheme, Who(("challenge", Challenge), ("user", User), ("nonce", Nonce)));

    public static ClaimsPrincipal Who(params (string Name, string Value)[] claims) => new(new ClaimsIdentity(claims.Select(c => new Claim(c.Name, c.Value)), "password", "user", null));
}
