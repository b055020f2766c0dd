using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Local.Tests;

/// <summary>A head whose development issuer is asked over HTTP, as a program of this machine would.</summary>
public abstract class SignInTest(SharedStorage storage) : IAsyncLifetime
{
    protected const string Back = "http://127.0.0.1:7999/back";

    protected static readonly string Verifier = new('v', 43);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private LocalHead? _head;

    protected LocalHead Head => _head!;

    protected HttpClient Http => _http;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        _head = await Heads.Start(storage, _folder, null, [.. Settings]);
        _http.BaseAddress = _head.Url;
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_head is not null)
        {
            await _head.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual IEnumerable<(string Name, string Value)> Settings => [];

    /// <summary>The path of a good request, with some parameters as told; null leaves one out.</summary>
    protected static string Asked(params (string Name, string? Value)[] otherwise)
    {
        var all = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = "mfa-pages",
            ["redirect_uri"] = Back,
            ["scope"] = "openid",
            ["state"] = "s&1",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["login_hint"] = "alice",
        };
        foreach (var (name, value) in otherwise)
        {
            all[name] = value;
        }

        return QueryHelpers.AddQueryString("dev/authorize", all);
    }

    /// <summary>What an answer's address says; its query must be the first thing that differs from where it was to go.</summary>
    protected static Dictionary<string, string> Told(HttpResponseMessage answer, string at = Back)
    {
        Assert.StartsWith(at, answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        return Told(answer.Headers.Location!);
    }

    protected static Dictionary<string, string> Told(Uri address) =>
        QueryHelpers.ParseQuery(address.Query).ToDictionary(q => q.Key, q => Assert.Single(q.Value.ToArray())!);

    protected Task<HttpResponseMessage> AskAsync(params (string Name, string? Value)[] otherwise) => Http.GetAsync(Asked(otherwise), Cancel);

    protected async Task<string> CodeAsync(params (string Name, string? Value)[] otherwise)
    {
        using var answer = await AskAsync(otherwise);
        return Told(answer)["code"];
    }

    protected async Task<JsonElement> RedeemAsync(string code, params (string Name, string Value)[] otherwise)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["client_id"] = "mfa-pages", ["redirect_uri"] = Back, ["code_verifier"] = Verifier };
        foreach (var (name, value) in otherwise)
        {
            form[name] = value;
        }

        using var content = new FormUrlEncodedContent(form);
        using var answer = await Http.PostAsync("dev/token", content, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(body.TryGetProperty("error", out _), !answer.IsSuccessStatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        return body;
    }

    protected static JsonElement Claims(JsonElement body, string token) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(body.GetProperty(token).GetString()!.Split('.')[1])).RootElement;
}
