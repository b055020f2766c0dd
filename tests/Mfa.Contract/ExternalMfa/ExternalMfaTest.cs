using System.Net;
using Xunit;

namespace Mfa.Contract;

/// <summary>A test of what Entra's browser brings. The user has a phone, which a request that is refused must not reach.</summary>
public abstract class ExternalMfaTest(EntraLaptop shared) : IClassFixture<EntraLaptop>, IAsyncLifetime
{
    private protected EntraLaptop Shared => shared;

    private protected FakeEntra Entra => shared.Entra;

    private protected Laptop Laptop => shared.Laptop;

    private protected EntraUser User { get; private set; } = null!;

    private protected Handset Phone { get; private set; } = null!;

    public async ValueTask InitializeAsync() => (User, Phone) = await shared.WithPhoneAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The browser stays here and is told in plain words: nobody is redirected, nothing is signed, no challenge is opened, nobody is texted.</summary>
    private protected async Task RefusedAsync(EntraRequest request, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var answer = await shared.PostAsync(request);
        await RefusedAsync(answer, request, status);
    }

    private protected async Task RefusedAsync(HttpResponseMessage answer, EntraRequest request, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {answer.Headers.Location} {text}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Null(answer.Headers.Location);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http-equiv", text, StringComparison.OrdinalIgnoreCase);
        foreach (var said in request.Form.Where(f => f.Name is "id_token_hint" or "nonce" or "state" && f.Value.Length > 5))
        {
            Assert.DoesNotContain(said.Value, text, StringComparison.Ordinal);
        }

        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        await NothingHappenedAsync(request);
    }

    /// <summary>The activity of the user is that of the set-up alone, and so are the texts.</summary>
    private protected async Task NothingHappenedAsync(EntraRequest request)
    {
        Assert.DoesNotContain(Entra.Outcomes, o => o.Request == request);
        Assert.Single(await Phone.CodedAsync());
        var person = await shared.SignInAsync(User);
        var kinds = (await person.GetAsync("me/activity?top=100")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ToList();
        Assert.Contains("method-added", kinds);
        Assert.DoesNotContain(kinds, k => k.StartsWith("challenge", StringComparison.Ordinal));
    }
}
