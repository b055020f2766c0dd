using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mfa.Local.Tests;

public sealed class DevTokenTests(SharedStorage storage) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private LocalHead? _head;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _head = await Heads.Start(storage, _folder);
        _http.BaseAddress = _head.Url;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _head!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_token_names_the_user_the_way_Entra_does()
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>("dev/token?user=alice&tenant=contoso&role=mfa.admin&sid=s1", Cancel);
        Assert.Equal("Bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(3600, answer.GetProperty("expires_in").GetInt32());
        var claims = JsonDocument.Parse(Base64Url(answer.GetProperty("access_token").GetString()!.Split('.')[1])).RootElement;
        string Claim(string name) => claims.GetProperty(name).ToString();
        Assert.Equal(("http://127.0.0.1:7071/dev", "api://mfa"), (Claim("iss"), Claim("aud")));
        Assert.Equal(("alice", "alice", "contoso", "s1"), (Claim("sub"), Claim("oid"), Claim("tid"), Claim("sid")));
        Assert.Equal(("alice@contoso.example", "[\"mfa.admin\"]"), (Claim("preferred_username"), Claim("roles")));
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task The_backend_takes_the_token()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusOfMe(await Token(_http), _http));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfMe(await Token(_http) + "x", _http));
    }

    [Fact]
    public async Task A_second_head_with_the_same_keys_and_storage_takes_it_too()
    {
        await using var second = await Heads.Start(storage, _folder);
        using var other = new HttpClient { BaseAddress = second.Url };
        Assert.NotEqual(_head!.Url, second.Url);
        Assert.Equal(HttpStatusCode.OK, await StatusOfMe(await Token(_http), other));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "203.0.113.1")]
    public async Task A_stranger_gets_no_token(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "dev/token?user=alice");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?user=")]
    [InlineData("?user=a%20b")]
    [InlineData("?user=a%00b")]
    [InlineData("?user=alice&user=bob")]
    [InlineData("?user=alice&tenant=con%2Ftoso")]
    [InlineData("?user=alice&role=%22admin%22")]
    [InlineData("?user=alice&sid=%F0%9F%92%A5")]
    [InlineData("?user=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Bad_input_is_told(string query)
    {
        using var answer = await _http.GetAsync(new Uri("dev/token" + query, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_application_gets_its_own_by_client_credentials()
    {
        using var answer = await GrantAsync(("grant_type", "client_credentials"), ("client_id", "mail"), ("client_secret", "any"), ("scope", "api://mfa/.default"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("access_token").GetString()!;
        var claims = JsonDocument.Parse(Base64Url(token.Split('.')[1])).RootElement;
        Assert.Equal(("mail", "app", "[\"mfa.verify\"]"), (claims.GetProperty("azp").ToString(), claims.GetProperty("idtyp").ToString(), claims.GetProperty("roles").ToString()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfMe(token, _http));
    }

    [Theory]
    [InlineData("password", "mail", "any", "unsupported_grant_type")]
    [InlineData("", "mail", "any", "invalid_request")]
    [InlineData("client_credentials", "", "any", "invalid_request")]
    [InlineData("client_credentials", "mail", "", "invalid_request")]
    [InlineData("client_credentials", "ma il", "any", "invalid_request")]
    public async Task Any_other_grant_is_refused_as_RFC_6749_says(string grant, string client, string secret, string error)
    {
        using var answer = await GrantAsync(("grant_type", grant), ("client_id", client), ("client_secret", secret));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(error, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("error").GetString());
    }

    private async Task<HttpResponseMessage> GrantAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await _http.PostAsync(new Uri("dev/token", UriKind.Relative), content, Cancel);
    }

    private static async Task<string> Token(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("dev/token?user=alice", Cancel)).GetProperty("access_token").GetString()!;

    private static async Task<HttpStatusCode> StatusOfMe(string token, HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/me");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
