using Microsoft.AspNetCore.Http;

namespace Mfa.Pages;

/// <summary>The bytes of a page, with the status that the answer has already.</summary>
/// <param name="content">The page.</param>
internal sealed class PageNotice(byte[] content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.ContentType, response.ContentLength) = ("text/html; charset=utf-8", content.Length);
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}
