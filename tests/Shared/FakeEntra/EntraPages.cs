using System.Net;

namespace Mfa.Tests;

/// <summary>Entra's own pages, as plain as can be.</summary>
internal static class EntraPages
{
    /// <summary>Sends the browser to the external method, once its user presses.</summary>
    public static string Start(string to, EntraRequest request) =>
        Page("Verify your identity", $"""
            <form method="post" action="{WebUtility.HtmlEncode(to)}">
            {string.Concat(request.Form.Select(f => $"""<input type="hidden" name="{WebUtility.HtmlEncode(f.Name)}" value="{WebUtility.HtmlEncode(f.Value)}">"""))}
            <button>Contoso MFA</button>
            </form>
            """);

    /// <summary>What became of it.</summary>
    public static string End(EntraOutcome outcome) =>
        Page(outcome.IsSignedIn ? "You are signed in" : "You are not signed in", $"""<p id="outcome">{WebUtility.HtmlEncode(outcome.ToString())}</p>""");

    private static string Page(string title, string body) =>
        $"""<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>{title}</title><h1>{title}</h1>{body}</html>""";
}
