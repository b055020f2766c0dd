using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Mfa.Contract;

/// <summary>A program that speaks OpenID Connect by hand, so that it can do so wrongly.</summary>
/// <param name="url">The head.</param>
/// <param name="id">Its client id.</param>
/// <param name="secret">Its secret; null where it shows none by itself.</param>
public sealed class OpenIdParty(string url, string id = "program", string? secret = OpenIdParty.Secret) : IDisposable
{
    /// <summary>The secret of all that have one.</summary>
    public const string Secret = "a-secret-that-is-long-enough-for-us";

    /// <summary>Where users come back to.</summary>
    public const string ReturnTo = "https://program.example/back";

    /// <summary>Another of its addresses.</summary>
    public const string ReturnToElsewhere = "https://program.example/elsewhere?a=b";

    private static readonly ECDsa s_key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Programs of each kind: <c>program</c> may do all, <c>other</c> signs in, <c>owner</c> takes the first step itself, so does <c>namer</c>, which names users as they sign in, <c>blind</c> and <c>blindowner</c> may not learn who exists, <c>signer</c> has a key.</summary>
    public static Dictionary<string, string?> Settings => new(new[] { "program", "other", "owner", "namer", "blind", "blindowner", "signer" }.SelectMany(client => new Dictionary<string, string?>
    {
        [$"Clients:{client}:Tenant"] = "contoso",
        [$"Clients:{client}:Secret"] = client == "signer" ? null : Secret,
        [$"Clients:{client}:RedirectUris:0"] = ReturnTo,
        [$"Clients:{client}:RedirectUris:1"] = ReturnToElsewhere,
        [$"Clients:{client}:Hint"] = client == "namer" ? null : "id",
    }))
    {
        ["Clients:program:Name"] = "The program",
        ["Clients:program:Api"] = "true",
        ["Clients:program:Ciba"] = "true",
        ["Clients:owner:FirstStep"] = "own",
        ["Clients:owner:Api"] = "true",
        ["Clients:namer:FirstStep"] = "own",
        ["Clients:namer:Ciba"] = "true",
        ["Clients:other:Ciba"] = "true",
        ["Clients:blind:Ciba"] = "true",
        ["Clients:blind:Blind"] = "true",
        ["Clients:blindowner:FirstStep"] = "own",
        ["Clients:blindowner:Blind"] = "true",
        ["Clients:signer:Jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwk()) }.ToJsonString(),
    };

    /// <summary>The key of the one that signs.</summary>
    public static ECDsa Key => s_key;

    public string Id => id;

    /// <summary>What it drew to prove that a code is redeemed by who asked for it.</summary>
    public string Verifier { get; } = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public string CodeChallenge => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>A request for a sign-in, as the query of an address.</summary>
    /// <param name="changes">What is otherwise; null for what is missing.</param>
    public string Query(params (string Name, string? Value)[] changes) => QueryHelpers.AddQueryString("", Merge(
        [("response_type", "code"), ("client_id", id), ("redirect_uri", ReturnTo), ("scope", "openid profile email"), ("state", "s-1"), ("nonce", "n-1"), ("code_challenge", CodeChallenge), ("code_challenge_method", "S256")], changes))[1..];

    /// <summary>A browser goes to the sign-in that it asks for.</summary>
    public Task<Reply> AuthorizeAsync(params (string Name, string? Value)[] changes) =>
        // A token stands in no address: those are logged.
        Array.Exists(changes, c => c.Name == "id_token_hint") ? PostPlainAsync("/authorize", [.. Back("https://x.example/?" + Query(changes)).Select(f => (f.Key, (string?)f.Value))])
        : GetAsync("/authorize?" + Query(changes));

    public Task<Reply> GetAsync(string path, string? authorization = null) => SendAsync(HttpMethod.Get, path, null, authorization);

    /// <summary>Posts a form, with its secret in the header.</summary>
    public Task<Reply> PostAsync(string path, params (string Name, string? Value)[] form) => SendAsync(HttpMethod.Post, path, Content(form), secret is null ? null : Basic(id, secret));

    /// <summary>Posts a form, and proves itself by nothing but what is in it.</summary>
    public Task<Reply> PostPlainAsync(string path, params (string Name, string? Value)[] form) => SendAsync(HttpMethod.Post, path, Content(form), null);

    /// <summary>Redeems a code.</summary>
    public Task<Reply> TokenAsync(string code, params (string Name, string? Value)[] changes) => PostAsync("/token", CodeForm(code, changes));

    /// <summary>The form that redeems a code.</summary>
    public (string Name, string? Value)[] CodeForm(string code, params (string Name, string? Value)[] changes) =>
        [.. Merge([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ReturnTo), ("code_verifier", Verifier)], changes).Select(f => (f.Key, f.Value))];

    /// <summary>Asks how a request without a browser came out.</summary>
    public Task<Reply> PollAsync(string request) => PostAsync("/token", ("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", request));

    /// <summary>Asks for a second step without a browser.</summary>
    public Task<Reply> AskAsync(params (string Name, string? Value)[] changes) => PostAsync("/bc-authorize", [.. Merge([("scope", "openid")], changes).Select(f => (f.Key, f.Value))]);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, string? authorization)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var answer = await _http.SendAsync(request);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var text = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null;
        foreach (var told in new[] { "access_token", "id_token", "request_uri" }.Select(name => (json as JsonObject)?[name]).OfType<JsonNode>())
        {
            Seen.Secret(told.ToString());
        }

        return new((int)answer.StatusCode, json, answer);
    }

    /// <summary>The header of a client's secret (RFC 6749 section 2.3.1).</summary>
    public static string Basic(string client, string secret) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}"))).ToString();

    /// <summary>What an address that a browser is sent back to says, by name.</summary>
    public static Dictionary<string, string> Back(string address)
    {
        var query = HttpUtility.ParseQueryString(new Uri(address).Query);
        return query.AllKeys.ToDictionary(k => k!, k => query[k]!);
    }

    public void Dispose() => _http.Dispose();

    private static FormUrlEncodedContent Content((string Name, string? Value)[] form) => new(form.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));

    private static Dictionary<string, string?> Merge((string Name, string? Value)[] usual, (string Name, string? Value)[] changes) =>
        usual.Concat(changes).GroupBy(f => f.Name).Select(g => g.Last()).Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value);

    private static JsonObject Jwk()
    {
        var point = s_key.ExportParameters(false).Q;
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = WebEncoders.Base64UrlEncode(point.X!), ["y"] = WebEncoders.Base64UrlEncode(point.Y!) };
    }
}
