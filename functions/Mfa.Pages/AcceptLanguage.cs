using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mfa.Pages;

/// <summary>The header <c>Accept-Language</c> (RFC 9110 section 12.5.4).</summary>
public static class AcceptLanguage
{
    /// <summary>The languages that a browser likes, the best first; none where the header is not there, or is not one.</summary>
    public static IEnumerable<string> Of(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var liked)
            ? liked.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value!)
            : [];
}
