using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Watches a browser that somebody attacks: whether anything of theirs ran, was asked for elsewhere, became an element, or left a cookie.</summary>
internal sealed class Watch
{
    /// <summary>What an attacker calls things: it runs where it is taken for more than text.</summary>
    public const string Markup = "\"'><img src=//evil.example/i onerror=__ran=1><script>__ran=1</script>";

    /// <summary>The same where names are short.</summary>
    public const string Short = "<img src=/i onerror=__ran=1>";

    private readonly ConcurrentQueue<string> _strange = new();

    private Watch(IBrowserContext context, string[] origins)
    {
        context.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !origins.Any(o => request.Url.StartsWith(o + "/", StringComparison.Ordinal)))
            {
                _strange.Enqueue(request.Url);
            }
        };
        context.Response += (_, response) =>
        {
            if (response.Headers.ContainsKey("set-cookie"))
            {
                _strange.Enqueue("a cookie of " + response.Url);
            }
        };
    }

    /// <summary>Watches from now on.</summary>
    /// <param name="context">The browser.</param>
    /// <param name="origins">Who may be asked.</param>
    public static Watch Over(IBrowserContext context, params string[] origins) => new(context, origins);

    /// <summary>Nothing has happened, and the page is no wider than the screen.</summary>
    public async Task Harmless(IPage page, string where = "")
    {
        Assert.Empty(_strange);
        var found = await page.EvaluateAsync<string[]>("""
            () => {
              const made = [...document.querySelectorAll("script:not([src^='/pages/']), iframe, object, embed, form[action], [onerror], [onclick], [onload], img:not(.qr, header img), a[href^='javascript' i], a[href^='data' i]")];
              const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
              return [...made.map((e) => e.outerHTML), ...("__ran" in globalThis ? ["it ran"] : []), ...(wide ? ["wider than the screen"] : []), ...(document.cookie ? ["a cookie"] : [])];
            }
            """);
        Assert.True(found.Length == 0, $"{where}: {string.Join(' ', found)}");
        Assert.Empty(await page.Context.CookiesAsync());
    }
}
