using Mfa.Client;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace RelyingParty;

/// <summary>The second step, from the right password to the session.</summary>
internal sealed class SecondStep(MfaClient mfa, IAntiforgery forms)
{
    private const string Remembered = "remembered";

    /// <summary>Asks for it; why not, where it can't be.</summary>
    public async Task<string?> AskAsync(HttpContext http, string user, bool remember)
    {
        var nonce = Guid.NewGuid().ToString("N");
        var answer = await mfa.ChallengeAsync(new(user, "The Shop") { Nonce = nonce, RememberedBrowser = http.Request.Cookies[Remembered], RememberBrowser = remember });
        if (answer.Challenge is not { } challenge)
        {
            return answer.Problem?.Detail ?? "Come back later.";
        }

        Remember(http, challenge);
        await new HalfSignedIn(challenge.Id, challenge.User, nonce).KeepAsync(http);
        return null;
    }

    /// <summary>Shows where it stands.</summary>
    public async Task<IResult> LookAsync(HttpContext http) => await HalfSignedIn.ReadAsync(http) is { } half
        ? await GoOnAsync(http, half, await mfa.ReadAsync(half.Challenge))
        : Results.LocalRedirect("/sign-in");

    /// <summary>Takes a code, or goes another way.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, IFormCollection form)
    {
        if (await HalfSignedIn.ReadAsync(http) is not { } half || await mfa.ReadAsync(half.Challenge) is not { Challenge: { } challenge } stands)
        {
            return Results.LocalRedirect("/sign-in");
        }

        var answer = challenge.IsOver ? stands
            : form["way"].ToString().Split(' ') is [var method, var how] ? await mfa.ContactAsync(challenge, method, how)
            : await mfa.VerifyCodeAsync(challenge, form["code"].ToString());
        // After a refusal it may be over: five wrong codes.
        return await GoOnAsync(http, half, answer.Problem is null ? answer : await mfa.ReadAsync(half.Challenge) with { Problem = answer.Problem });
    }

    private async Task<IResult> GoOnAsync(HttpContext http, HalfSignedIn half, ChallengeAnswer answer)
    {
        if (answer.Challenge is { IsOver: false } open)
        {
            return Pages.SecondStep(forms.GetAndStoreTokens(http), open, answer.Problem);
        }

        await http.SignOutAsync(HalfSignedIn.Scheme);
        // A shop with a database keeps the highest epoch of each user, and hands it over here.
        if (answer.Challenge?.Assertion is not { } assertion || await mfa.ValidateAssertionAsync(assertion, half.User, half.Nonce) is not { Counts: true } check)
        {
            return Pages.SignIn(forms.GetAndStoreTokens(http), "You were not signed in.");
        }

        Remember(http, answer.Challenge);
        await http.SignInAsync("Cookies", HalfSignedIn.Who(("user", half.User), ("acr", check.Assertion.Acr), ("amr", string.Join(' ', check.Assertion.Amr))));
        return Results.LocalRedirect("/");
    }

    // What remembers a browser serves once: each answer that has one has the next.
    private static void Remember(HttpContext http, Challenge challenge)
    {
        if (challenge.RememberedBrowser is { } browser)
        {
            http.Response.Cookies.Append(Remembered, browser, new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(30) });
        }
    }
}
