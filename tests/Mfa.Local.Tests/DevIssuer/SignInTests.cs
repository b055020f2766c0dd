using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mfa.Local.Tests;

public sealed class SignInTests(SharedStorage storage) : SignInTest(storage)
{
    protected override IEnumerable<(string Name, string Value)> Settings => [("Local:TokenLifetime", "00:00:07")];

    [Fact]
    public async Task A_code_is_redeemed_for_tokens_that_name_the_user()
    {
        using var answer = await AskAsync(("redirect_uri", Back + "?tab=1"), ("scope", "openid profile act read"), ("nonce", "n1"));
        var told = Told(answer, Back + "?tab=1&code=");
        Assert.Equal(("s&1", "http://127.0.0.1:7071/dev"), (told["state"], told["iss"]));

        var body = await RedeemAsync(told["code"], ("redirect_uri", Back + "?tab=1"));
        Assert.Equal(("Bearer", 7, "openid profile act read"), (body.GetProperty("token_type").GetString(), body.GetProperty("expires_in").GetInt32(), body.GetProperty("scope").GetString()));
        JsonElement id = Claims(body, "id_token"), access = Claims(body, "access_token");
        Assert.Equal("mfa-pages alice n1 alice@contoso.example", string.Join(' ', Names(id, "aud", "sub", "nonce", "preferred_username")));
        Assert.Equal("api://mfa alice mfa-pages act read contoso", string.Join(' ', Names(access, "aud", "oid", "azp", "scp", "tid")));
        Assert.Equal(id.GetProperty("sid").GetString(), access.GetProperty("sid").GetString());
        Assert.Equal(7, access.GetProperty("exp").GetInt64() - access.GetProperty("iat").GetInt64());
        Assert.Equal(HttpStatusCode.OK, await StatusOfMeAsync(body.GetProperty("access_token").GetString()!));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfMeAsync(body.GetProperty("id_token").GetString()!));
    }

    [Fact]
    public async Task Without_openid_there_is_no_ID_token()
    {
        var body = await RedeemAsync(await CodeAsync(("scope", null)));
        Assert.False(body.TryGetProperty("id_token", out _));
        Assert.Equal("user_impersonation", Claims(body, "access_token").GetProperty("scp").GetString());
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var code = await CodeAsync();
        Assert.True((await RedeemAsync(code)).TryGetProperty("access_token", out _));
        Assert.Equal("invalid_grant", (await RedeemAsync(code)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("client_id", "another")]
    [InlineData("redirect_uri", Back + "/")]
    [InlineData("redirect_uri", "http://localhost:7999/back")]
    [InlineData("redirect_uri", "")]
    [InlineData("code_verifier", "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv~")]
    [InlineData("code_verifier", "v")]
    [InlineData("code_verifier", "")]
    [InlineData("code", "guessed")]
    public async Task A_code_is_of_its_client_address_and_verifier_and_a_wrong_try_uses_it_up(string name, string value)
    {
        var code = await CodeAsync();
        Assert.Equal("invalid_grant", (await RedeemAsync(code, (name, value))).GetProperty("error").GetString());
        Assert.Equal(name == "code", (await RedeemAsync(code)).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Whoever_signs_in_twice_by_a_program_has_two_sessions()
    {
        var first = Claims(await RedeemAsync(await CodeAsync()), "access_token");
        var second = Claims(await RedeemAsync(await CodeAsync()), "access_token");
        Assert.NotEqual(first.GetProperty("sid").GetString(), second.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task A_client_of_other_peoples_making_does_the_whole_of_it()
    {
        using var client = await Browser.Folder.StartAsync("sign-in.mjs", new Uri(Head.Url, "dev/.well-known/openid-configuration").ToString(), "erin");
        var said = JsonNode.Parse(await client.StandardOutput.ReadToEndAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel))!;
        Assert.Equal("erin", said["claims"]!["sub"]!.ToString());
        Assert.Equal(("7", "openid api://mfa/act", "invalid_grant", "200"), (said["expiresIn"]!.ToString(), said["scope"]!.ToString(), said["again"]!.ToString(), said["signedOut"]!.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusOfMeAsync(said["access"]!.ToString()));
    }

    private static IEnumerable<string> Names(JsonElement claims, params string[] names) => names.Select(name => claims.GetProperty(name).ToString());

    private async Task<HttpStatusCode> StatusOfMeAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/me");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
