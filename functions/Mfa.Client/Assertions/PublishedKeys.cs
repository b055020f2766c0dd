using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Client;

/// <summary>The keys of assertions: kept as long as the service says, asked for again when one is not among them.</summary>
internal sealed class PublishedKeys(IHttpClientFactory http, MfaClientOptions options, TimeProvider time, ILogger log) : IDisposable
{
    // Whoever sends made-up keys makes us ask this often at the most.
    private static readonly TimeSpan s_askAgainAfter = TimeSpan.FromSeconds(30);

    // As long the keys that we have serve while the service is away.
    private static readonly TimeSpan s_staleAtMost = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_keep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_keepAtMost = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Kept? _kept;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>The key of this id; null where there is none.</summary>
    /// <exception cref="MfaAwayException">No keys could be had.</exception>
    public async Task<JsonWebKey?> FindAsync(string id, CancellationToken cancel)
    {
        var kept = _kept;
        if (kept is not null && time.GetUtcNow() < kept.Until && kept.Find(id) is { } key)
        {
            return key;
        }

        await _one.WaitAsync(cancel);
        try
        {
            return (await RefreshedAsync(id, cancel)).Find(id);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Kept> RefreshedAsync(string id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var kept = _kept;
        if (kept is not null && (now < kept.Until && kept.Find(id) is not null || now < _tried + s_askAgainAfter && now < kept.Until + s_staleAtMost))
        {
            return kept;
        }

        _tried = now;
        try
        {
            return _kept = await FetchAsync(now, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            if (kept is null || now >= kept.Until + s_staleAtMost)
            {
                throw new MfaAwayException("The keys of assertions could not be had.", e);
            }

            log.LogWarning("The keys of assertions could not be had ({Fault}); those of before serve on", e.GetType().Name);
            return kept;
        }
    }

    private async Task<Kept> FetchAsync(DateTimeOffset now, CancellationToken cancel)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        cut.CancelAfter(options.Timeout);
        using var client = http.CreateClient(MfaClientServices.HttpClientName);
        using var answer = await client.GetAsync(new Uri(options.BaseAddress!, "/.well-known/jwks.json"), cut.Token);
        answer.EnsureSuccessStatusCode();
        var keys = new JsonWebKeySet(await answer.Content.ReadAsStringAsync(cut.Token)).Keys.Where(k => k is { Use: "sig", Kid: not null, Alg: SecurityAlgorithms.EcdsaSha256 or SecurityAlgorithms.RsaSha256 });
        var keep = answer.Headers.CacheControl?.MaxAge ?? s_keep;
        return new([.. keys], now + (keep < s_keepAtMost ? keep : s_keepAtMost));
    }

    private sealed record Kept(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset Until)
    {
        public JsonWebKey? Find(string id) => Keys.FirstOrDefault(k => k.Kid == id);
    }
}
