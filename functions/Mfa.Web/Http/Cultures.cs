using System.Collections.Frozen;
using System.Globalization;
using Mfa.Pages;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The language of a request.</summary>
public static class Cultures
{
    private static readonly object s_account = new();

    /// <summary>The account's, else the one that the browser likes best and that there is, else English.</summary>
    public static string Of(string? accountCulture, HttpRequest request) =>
        accountCulture ?? Preferred(request) ?? "en";

    /// <summary>The language of what the answer says: that of the account which it is for, else of those that the browser likes, else English.</summary>
    public static Language LanguageOf(HttpContext http) => LanguageOf(http.Request, http.Items[s_account] as string);

    /// <summary>The first of these cultures that there is a language of, else of those that the browser likes, else English.</summary>
    public static Language LanguageOf(HttpRequest request, params ReadOnlySpan<string?> cultures) => Languages.Shipped.Best([.. cultures, .. AcceptLanguage.Of(request)]);

    /// <summary>Notes the culture of the account which the answer is for.</summary>
    public static void IsFor(HttpContext http, string? accountCulture) => http.Items[s_account] = accountCulture;

    /// <summary>The culture of a name, as it is written; null where there is none.</summary>
    public static string? Find(string name) => s_known.TryGetValue(name, out var culture) ? culture : null;

    // Only what there is: names that callers make up would be kept for ever by the runtime.
    private static readonly FrozenSet<string> s_known =
        CultureInfo.GetCultures(CultureTypes.AllCultures).Select(c => c.Name).Where(n => n.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string? Preferred(HttpRequest request) => AcceptLanguage.Of(request).Select(Known).FirstOrDefault(l => l is not null);

    /// <summary>The culture of a name that there is, or its language alone; null where there is neither.</summary>
    public static string? Known(string? name) =>
        name is null ? null
        : s_known.TryGetValue(name, out var culture) ? culture
        : name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && s_known.TryGetValue(name[..dash], out var language) ? language
        : null;
}
