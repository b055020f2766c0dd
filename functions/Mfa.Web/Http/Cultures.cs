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

    private static string? Preferred(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var liked))
        {
            return null;
        }

        return liked
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value)
            .FirstOrDefault(l => l is { Length: > 1 and <= 20 } && IsCulture(l));
    }

    // ICU knows any well-formed name; one that is a real culture has a language of two or three letters.
    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name).TwoLetterISOLanguageName is { Length: 2 or 3 } language && language != "iv";
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
