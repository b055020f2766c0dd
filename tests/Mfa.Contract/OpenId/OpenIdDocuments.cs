using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>What programs read first.</summary>
public sealed class OpenIdDocuments(OpenIdLaptop shared) : IClassFixture<OpenIdLaptop>
{
    [Fact]
    public async Task The_document_says_what_there_is_and_each_address_is_there()
    {
        var read = await shared.Program.GetAsync("/.well-known/openid-configuration");
        Assert.Equal((200, "application/json", "public, max-age=300"), (read.Status, read.Raw.Content.Headers.ContentType!.ToString(), read.Raw.Headers.CacheControl!.ToString()));
        Assert.Equal(shared.Laptop.Url, read["issuer"]);
        foreach (var (name, path) in new[] { ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("userinfo_endpoint", "userinfo"), ("pushed_authorization_request_endpoint", "par"), ("backchannel_authentication_endpoint", "bc-authorize"), ("jwks_uri", ".well-known/jwks.json") })
        {
            Assert.Equal($"{shared.Laptop.Url}/{path}", read[name]);
            Assert.NotEqual(404, (await shared.Program.SendAsync(name is "jwks_uri" or "authorization_endpoint" ? HttpMethod.Get : HttpMethod.Post, $"/{path}", null, null)).Status);
        }

        Assert.Equal("[\"code\"]", read.Body!["response_types_supported"]!.ToJsonString());
        Assert.Equal("[\"query\"]", read.Body["response_modes_supported"]!.ToJsonString());
        Assert.Equal("[\"S256\"]", read.Body["code_challenge_methods_supported"]!.ToJsonString());
        Assert.Equal("[\"poll\"]", read.Body["backchannel_token_delivery_modes_supported"]!.ToJsonString());
        Assert.Equal("[\"authorization_code\",\"urn:openid:params:grant-type:ciba\"]", read.Body["grant_types_supported"]!.ToJsonString());
        Assert.Equal("[\"urn:mfa:second-step\",\"urn:mfa:not-required\"]", read.Body["acr_values_supported"]!.ToJsonString());
        Assert.Equal(("true", "false", "false"), (read["authorization_response_iss_parameter_supported"], read["request_parameter_supported"], read["request_uri_parameter_supported"]));
        Assert.DoesNotContain("none", read.Body["token_endpoint_auth_signing_alg_values_supported"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("RS256", read.Body["token_endpoint_auth_signing_alg_values_supported"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/jwks.json")]
    public async Task A_document_says_how_long_it_is(string path)
    {
        using var http = new HttpClient();
        using var read = await http.GetAsync(shared.Laptop.Url + path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.NotNull(read.Content.Headers.ContentLength);
        Assert.NotNull(JsonNode.Parse(await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Null(read.Headers.TransferEncodingChunked);
    }
}
