using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Mfa.Tests;

/// <summary>What Entra knows of an external method: its documents, which are kept for a day.</summary>
/// <param name="url">What the method's admin typed, without <c>/.well-known/openid-configuration</c>.</param>
internal sealed class EntraProvider(string url)
{
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private JsonArray? _keys;

    /// <summary>Where a browser is sent.</summary>
    public string Authorize { get; private set; } = "";

    public string Url => url;

    /// <summary>A day passed.</summary>
    public void Forget() => _keys = null;

    /// <summary>Its keys.</summary>
    /// <exception cref="InvalidDataException">Entra would not take a document.</exception>
    public async Task<JsonArray> KeysAsync()
    {
        if (_keys is null)
        {
            var document = await GetAsync(url + "/.well-known/openid-configuration");
            Require(document["issuer"]?.ToString() == url, $"the issuer is {document["issuer"]}, and not {url}");
            foreach (var (name, value) in new[]
            {
                ("scopes_supported", "openid"), ("response_types_supported", "id_token"), ("response_modes_supported", "form_post"),
                ("id_token_signing_alg_values_supported", "RS256"), ("claim_types_supported", "normal"),
            })
            {
                Require(document[name] is JsonArray values && values.Any(v => v?.ToString() == value), $"{name} lacks {value}");
            }

            Require(document["subject_types_supported"] is JsonArray { Count: > 0 }, "no subject_types_supported");
            Authorize = Address(document, "authorization_endpoint");
            _keys = (await GetAsync(Address(document, "jwks_uri")))["keys"]!.AsArray();
        }

        return _keys;
    }

    /// <summary>Entra takes what is so, and nothing else.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Require(bool so, string otherwise)
    {
        if (!so)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    // https, but for a test's own machine; no query.
    private static string Address(JsonNode document, string name)
    {
        var address = document[name]?.ToString() ?? "";
        Require(
            Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.IsLoopback) && uri.Query.Length == 0 && uri.Fragment.Length == 0,
            $"{name} is {address}");
        return address;
    }

    // What is chunked has no length, and Entra does not take it.
    private static async Task<JsonNode> GetAsync(string address)
    {
        using var answer = await s_http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        Require(answer.StatusCode == HttpStatusCode.OK, $"{address}: {(int)answer.StatusCode}");
        Require(answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/jwk-set+json", $"{address}: {answer.Content.Headers.ContentType}");
        Require(answer.Content.Headers.ContentLength is > 0, $"{address} has no Content-Length");
        return JsonNode.Parse(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()))!;
    }
}
