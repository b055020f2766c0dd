using System.Security.Claims;
using System.Text.Encodings.Web;
using Mfa.Client;
using Microsoft.AspNetCore.Antiforgery;

namespace RelyingParty;

/// <summary>The shop's three pages: plain forms, no script.</summary>
internal static class Pages
{
    public static IResult Home(ClaimsPrincipal user, AntiforgeryTokenSet form) => Page("The Shop", $"""
        <p>Hello {Text(user.Identity!.Name)}, you are signed in ({Text(user.FindFirstValue("amr"))}; {Text(user.FindFirstValue("acr"))}).</p>
        {Form("/sign-out", form, "<button>Sign out</button>")}
        """);

    public static IResult SignIn(AntiforgeryTokenSet form, string? fault = null) => Page("Sign in", Fault(fault) + Form("/sign-in", form, """
        <label>Name <input name="user" autocomplete="username" required autofocus></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <label><input type="checkbox" name="remember"> Remember this browser</label>
        <button>Sign in</button>
        """));

    public static IResult SecondStep(AntiforgeryTokenSet form, Challenge challenge, MfaProblem? problem)
    {
        var label = challenge.Methods.FirstOrDefault(m => m.Id == challenge.MethodId)?.Label ?? challenge.Verification?.SentTo;
        var typed = challenge.How is "text" or "code" or null;
        var says = (challenge.How, challenge.Number) switch
        {
            ("text", _) => $"A text with a code is on its way to {Text(label)}.",
            ("code", _) => "Enter the code that your authenticator app shows.",
            ("call", null) => $"We call {Text(label)}: answer, and press #.",
            ("call", { } number) => $"We call {Text(label)}: answer, and enter {Text(number)}.",
            (_, null) => $"Look at {Text(label)}, and confirm there.",
            (_, { } number) => $"Look at {Text(label)}, and enter {Text(number)} there.",
        };
        var wrong = problem switch
        {
            null => null,
            { Code: "wrong-code" } => $"That is not the code; {problem.TriesLeft} tries are left.",
            _ => problem.Detail ?? problem.Code,
        };
        var code = typed ? Form("/second-step", form, """
            <label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus></label>
            <button>Verify</button>
            """) : "";
        var ways = challenge.Methods.SelectMany(m => m.Hows.Select(how => $"""<button name="way" value="{Text($"{m.Id} {how}")}">{Text($"{m.Label}: {how}")}</button>"""));
        // A box that is being typed into is not loaded again; a phone that rings is looked after.
        return Page("Second step", $"<p>{says}</p>{Fault(wrong)}{code}{Form("/second-step", form, "<p>Another way:</p>" + string.Concat(ways))}", refresh: !typed);
    }

    private static string Form(string to, AntiforgeryTokenSet form, string inside) =>
        $"""<form method="post" action="{to}"><input type="hidden" name="{form.FormFieldName}" value="{form.RequestToken}">{inside}</form>""";

    private static string Fault(string? says) => says is null ? "" : $"""<p role="alert">{Text(says)}</p>""";

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static IResult Page(string title, string body, bool refresh = false) => Results.Content($"""
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        {(refresh ? """<meta http-equiv="refresh" content="3;url=/second-step">""" : "")}<title>{title}</title>
        <main><h1>{title}</h1>{body}</main></html>
        """, "text/html; charset=utf-8");
}
