using System.Net;

namespace Mfa.Local.Tests;

/// <summary>The laptop serves the authenticator; what the app does is tested in Mfa.Pages.Tests.</summary>
public sealed class AuthenticatorTests(SharedStorage storage)
{
    [Fact]
    public async Task The_authenticator_is_beside_the_routes_of_the_contract()
    {
        using var folder = new TemporaryFolder();
        await using var head = await Heads.Start(storage, folder);
        using var http = new HttpClient { BaseAddress = head.Url };
        foreach (var (path, type) in new[] { ("authenticator", "text/html"), ("authenticator/app.js", "text/javascript"), ("authenticator/ui/list.js", "text/javascript"), ("authenticator/manifest.webmanifest", "application/manifest+json") })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.StartsWith("default-src 'none';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        using var only = new HttpRequestMessage(HttpMethod.Head, "authenticator");
        using var known = await http.SendAsync(only, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }
}
