using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace RelyingParty;

/// <summary>The shop's two pages: plain forms, no script.</summary>
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

    private static string Form(string to, AntiforgeryTokenSet form, string inside) =>
        $"""<form method="post" action="{to}"><input type="hidden" name="{form.FormFieldName}" value="{form.RequestToken}">{inside}</form>""";

    private static string Fault(string? says) => says is null ? "" : $"""<p role="alert">{Text(says)}</p>""";

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static IResult Page(string title, string body) => Results.Content($"""
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{title}</title>
        <main><h1>{title}</h1>{body}</main></html>
        """, "text/html; charset=utf-8");
}
