using Mfa.Client;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace RelyingParty;

/// <summary>The second step, from the right password to the session. The service shows its page.</summary>
internal sealed class SecondStep(MfaClient mfa, IAntiforgery forms)
{
    public const string Path = "/second-step";

    private const string Remembered = "remembered";

    /// <summary>Asks for it, and sends the user there.</summary>
    public async Task<IResult> AskAsync(HttpContext http, string user, bool remember)
    {
        var nonce = Guid.NewGuid().ToString("N");
        var answer = await mfa.ChallengeAsync(new(user, "The Shop")
        {
            Nonce = nonce,
            RememberedBrowser = http.Request.Cookies[Remembered],
            RememberBrowser = remember,
            // The service takes only addresses that are set for the shop, whatever host was asked for here.
            Page = new($"{http.Request.Scheme}://{http.Request.Host}{Path}"),
        });
        if (answer.Challenge is not { } challenge)
        {
            return answer.Problem?.EnrollUrl is { } setUp ? Results.Redirect(setUp.ToString()) : Refused(http, answer.Problem?.Detail ?? "Come back later.");
        }

        var half = new HalfSignedIn(challenge.Id, challenge.User, nonce);
        if (challenge.Assertion is not null)
        {
            // Nothing had to be asked of the user: a browser that is remembered, say.
            return await SignInAsync(http, half, challenge);
        }

        await half.KeepAsync(http);
        return Results.Redirect(challenge.SignInUrl!.ToString());
    }

    /// <summary>Takes what a user brought back. The challenge is the one that this browser was sent away with, and no other.</summary>
    public async Task<IResult> ReturnAsync(HttpContext http, string? answer)
    {
        if (await HalfSignedIn.ReadAsync(http) is not { } half)
        {
            return Results.LocalRedirect("/sign-in");
        }

        var redeemed = answer is null ? null : await mfa.RedeemAsync(half.Challenge, answer);
        await http.SignOutAsync(HalfSignedIn.Scheme);
        return redeemed?.Challenge is { } challenge ? await SignInAsync(http, half, challenge) : Refused(http, "You were not signed in.");
    }

    private async Task<IResult> SignInAsync(HttpContext http, HalfSignedIn half, Challenge challenge)
    {
        // A shop with a database keeps the highest epoch of each user, and hands it over here.
        if (challenge.Assertion is not { } assertion || await mfa.ValidateAssertionAsync(assertion, half.User, half.Nonce) is not { Counts: true } check)
        {
            return Refused(http, "You were not signed in.");
        }

        // What remembers a browser serves once: each answer that has one has the next.
        if (challenge.RememberedBrowser is { } browser)
        {
            http.Response.Cookies.Append(Remembered, browser, new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(30) });
        }

        await http.SignInAsync("Cookies", HalfSignedIn.Who(("user", half.User), ("acr", check.Assertion.Acr), ("amr", string.Join(' ', check.Assertion.Amr))));
        return Results.LocalRedirect("/");
    }

    private IResult Refused(HttpContext http, string why) => Pages.SignIn(forms.GetAndStoreTokens(http), why);
}
