using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Mfa.Peers;

/// <summary>The test vectors of docs/authenticator.md, before the code that checks devices.</summary>
public sealed partial class AuthenticatorPage
{
    [Fact]
    public async Task The_vectors_are_what_is_checked()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "docs/authenticator.md"), TestContext.Current.CancellationToken);
        var vectors = Block().Matches(page[page.IndexOf("## Test vectors", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value.Trim()).ToArray();
        Assert.Equal(6, vectors.Length);
        var (key, item, seen, body, bh, jws) = (JsonNode.Parse(vectors[0])!, vectors[1], vectors[2], vectors[3], vectors[4], vectors[5]);
        Assert.Equal(seen, CanonicalJson.Hash(item));
        Assert.Equal(seen, DeviceApp.Hash(JsonNode.Parse(item)!));
        Assert.Equal(bh, CanonicalJson.Hash(body));
        Assert.Equal(seen, JsonNode.Parse(body)!["seen"]!.ToString());

        var path = RequestLine().Match(page).Groups[1].Value;
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.Body) = ("POST", path, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)));
        request.Headers.Authorization = $"MfaDevice {jws}";
        var proof = await DeviceProof.ReadAsync(request, new DateTimeOffset(2026, 3, 1, 12, 0, 10, TimeSpan.Zero));
        Assert.NotNull(proof);
        Assert.Equal(path.Split('/')[4], proof.DeviceId);
        Assert.True(proof.IsSignedBy($"{key["x"]}.{key["y"]}"));
        using var other = new DeviceApp("http://127.0.0.1:9");
        Assert.False(proof.IsSignedBy($"{other.Jwk["x"]}.{other.Jwk["y"]}"));
    }

    [GeneratedRegex(@"^```(?:json)?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"The request `POST (\S+)`")]
    private static partial Regex RequestLine();
}
