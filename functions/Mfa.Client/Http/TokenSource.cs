using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Client;

/// <summary>The application's own token: the caller's, or one got by client credentials and kept.</summary>
internal sealed class TokenSource(IHttpClientFactory http, MfaClientOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_beforeItsEnd = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _token;
    private DateTimeOffset _until;

    /// <param name="refused">A token that the service did not take: not that one again.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="MfaAwayException">The issuer is away.</exception>
    /// <exception cref="InvalidOperationException">It refuses.</exception>
    public async ValueTask<string> GetAsync(string? refused, CancellationToken cancel)
    {
        if (options.Token is { } own)
        {
            return await own(cancel);
        }

        await _one.WaitAsync(cancel);
        try
        {
            if (_token is null || _token == refused || time.GetUtcNow() >= _until)
            {
                (_token, _until) = await FetchAsync(options.Credentials!, cancel);
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<(string Token, DateTimeOffset Until)> FetchAsync(ClientCredentials credentials, CancellationToken cancel)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        cut.CancelAfter(options.Timeout);
        using var client = http.CreateClient(MfaClientServices.HttpClientName);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = credentials.ClientId,
            ["client_secret"] = credentials.ClientSecret,
            ["scope"] = credentials.Scope,
        });
        try
        {
            using var answer = await client.PostAsync(credentials.TokenEndpoint, form, cut.Token);
            if ((int)answer.StatusCode is >= 400 and < 500 and not 429)
            {
                throw new InvalidOperationException($"The token endpoint refuses {credentials.ClientId}: {(int)answer.StatusCode}.");
            }

            answer.EnsureSuccessStatusCode();
            var got = await answer.Content.ReadFromJsonAsync<Granted>(cut.Token);
            return (got!.Token, time.GetUtcNow() + TimeSpan.FromSeconds(got.ExpiresIn) - s_beforeItsEnd);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new MfaAwayException("No token could be had.", e);
        }
    }

    private sealed record Granted([property: JsonPropertyName("access_token")] string Token, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
