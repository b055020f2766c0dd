using System.Net;
using System.Security.Cryptography;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// The development issuer's sign-in by authorization code. Who is signed in, and in which session, the browser keeps itself: its script
/// has no cookie to lose to another port of this machine, and gives the same session again as a real issuer would.
/// </summary>
public static class SignInRoutes
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Maps the routes below a group.</summary>
    /// <param name="dev">The group <c>/dev</c>, behind a <see cref="LoopbackGate"/>.</param>
    public static void Map(RouteGroupBuilder dev)
    {
        var (signIn, signedOut, refused) = (Page("sign-in.html"), Page("signed-out.html"), Page("refused.html"));
        DevFiles.Serve(dev, Policy, "/sign-in.js", "/signed-out.js", "/sessions.js", "/family.css", "/issuer.css");
        dev.MapGet("/authorize", (HttpRequest http, AuthorizationCodes codes) => SignInRequest.Read(http.Query) switch
        {
            ({ } request, _) when AtOnce(http, request) is { } user => Results.Redirect(Answer(codes, request, user, NewSession())),
            ({ Prompt: SignInPrompt.None } request, _) when !IsBrowser(http) => Results.Redirect(NobodyIsKnown(request).To(request.RedirectUri)),
            (null, { RedirectUri: { } address } refusal) => Results.Redirect(refusal.To(address)),
            (null, { } refusal) => Html(http, Refused(refused, refusal.Says), StatusCodes.Status400BadRequest),
            _ => Html(http, signIn),
        });
        // By the page's script: with whom it remembers, or who was chosen on it; with nobody where it may not ask.
        dev.MapPost("/authorize", (HttpRequest http, SignedIn who, AuthorizationCodes codes) => SignInRequest.Read(http.Query) switch
        {
            ({ } request, _) when who.User is null => Results.Json(new { location = NobodyIsKnown(request).To(request.RedirectUri) }),
            ({ } request, _) when DevCaller.IsName(who.User) && DevCaller.IsName(who.Sid) =>
                Results.Json(new { location = Answer(codes, request, who.User, who.Sid!) }),
            _ => Problem.Field("user", "is not one name of up to 64 letters, digits, dots, hyphens and underscores"),
        });
        // OpenID Connect RP-Initiated Logout 1.0.
        dev.MapGet("/end-session", (HttpRequest http) => http.Query["post_logout_redirect_uri"] is { Count: > 0 } next && !(next is [{ } one] && RedirectAddress.IsAllowed(one))
            ? Html(http, Refused(refused, "post_logout_redirect_uri is not an http address of this machine."), StatusCodes.Status400BadRequest)
            : Html(http, signedOut));
    }

    private sealed record SignedIn(string? User, string? Sid);

    // A program can't remember a session, so it gets another one each time.
    private static string? AtOnce(HttpRequest http, SignInRequest request) =>
        request.Prompt != SignInPrompt.Login && DevCaller.IsName(request.Hint) && !IsBrowser(http) ? request.Hint : null;

    private static bool IsBrowser(HttpRequest http) => http.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string NewSession() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static SignInRefusal NobodyIsKnown(SignInRequest request) => new("login_required", "Nobody is signed in.", request.RedirectUri, request.State);

    private static string Answer(AuthorizationCodes codes, SignInRequest request, string user, string session) => RedirectAddress.With(request.RedirectUri,
    [
        new("code", codes.Give(request, user, session)), new("state", request.State),
        // RFC 9207.
        new("iss", DevTokens.Issuer),
    ]);

    private static string Page(string file) => System.Text.Encoding.UTF8.GetString(DevFiles.Read(file));

    private static string Refused(string page, string says) => page.Replace("{says}", WebUtility.HtmlEncode(says), StringComparison.Ordinal);

    private static IResult Html(HttpRequest http, string page, int status = StatusCodes.Status200OK)
    {
        http.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }
}
