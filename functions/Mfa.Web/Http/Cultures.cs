using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mfa.Web;

/// <summary>The language of a request.</summary>
public static class Cultures
{
    /// <summary>The account's, else the one that the browser likes best and that there is, else English.</summary>
    public static string Of(string? accountCulture, HttpRequest request) =>
        accountCulture ?? Preferred(request) ?? "en";

    /// <summary>The culture of a name, as it is written; null where there is none.</summary>
    public static string? Find(string name) => s_known.TryGetValue(name, out var culture) ? culture : null;

    // Only what there is: names that callers make up would be kept for ever by the runtime.
    private static readonly FrozenSet<string> s_known =
        CultureInfo.GetCultures(CultureTypes.AllCultures).Select(c => c.Name).Where(n => n.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var liked)
            ? liked.OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.Value)).FirstOrDefault(l => l is not null)
            : null;

    /// <summary>The culture of a name that there is, or its language alone; null where there is neither.</summary>
    public static string? Known(string? name) =>
        name is null ? null
        : s_known.TryGetValue(name, out var culture) ? culture
        : name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && s_known.TryGetValue(name[..dash], out var language) ? language
        : null;
}
