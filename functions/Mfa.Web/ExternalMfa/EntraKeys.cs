using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>Entra's published keys. They are asked for again twice a day, and at once for a key that isn't among them: not more than once a minute, whatever keys hints claim.</summary>
public sealed class EntraKeys(ExternalMfaSettings settings, HttpClient http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<JsonWebKey>? _keys;
    private DateTimeOffset _had;
    private DateTimeOffset _asked;

    /// <summary>The key of an id; null where Entra has none.</summary>
    /// <exception cref="IssuerKeysException">The keys were never had.</exception>
    public async Task<JsonWebKey?> FindAsync(string id, CancellationToken cancel)
    {
        if (Known(id) is { } known && time.GetUtcNow() < _had + s_kept)
        {
            return known;
        }

        await _one.WaitAsync(cancel);
        try
        {
            var now = time.GetUtcNow();
            if (_keys is null && now < _asked + s_soon)
            {
                throw new IssuerKeysException(new InvalidOperationException("They could not be had a moment ago."));
            }

            if (_keys is null || (now >= _asked + s_atMostEvery && (now >= _had + s_kept || Known(id) is null)))
            {
                await AskAsync();
            }
        }
        finally
        {
            _one.Release();
        }

        return Known(id);
    }

    public void Dispose() => _one.Dispose();

    private JsonWebKey? Known(string id) => _keys?.FirstOrDefault(k => k.KeyId == id);

    private async Task AskAsync()
    {
        _asked = time.GetUtcNow();
        try
        {
            // Not ended with the one request that it was begun for: others wait for it.
            var document = await OpenIdConnectConfigurationRetriever.GetAsync(
                settings.Metadata, new HttpDocumentRetriever(http) { RequireHttps = settings.Authority.StartsWith("https:", StringComparison.Ordinal) }, CancellationToken.None);
            _keys = [.. document.JsonWebKeySet.Keys];
            _had = _asked;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ArgumentException)
        {
            // Those that are known serve while Entra is away.
            if (_keys is null)
            {
                throw new IssuerKeysException(e);
            }
        }
    }
}
