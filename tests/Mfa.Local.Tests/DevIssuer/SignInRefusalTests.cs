using System.Net;
using System.Net.Http.Json;

namespace Mfa.Local.Tests;

public sealed class SignInRefusalTests(SharedStorage storage) : SignInTest(storage)
{
    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("scope", "a  b", "invalid_scope")]
    [InlineData("scope", "a\"", "invalid_scope")]
    [InlineData("prompt", "maybe", "invalid_request")]
    [InlineData("request", "eyJ", "request_not_supported")]
    [InlineData("request_uri", "https://evil.example/r", "request_uri_not_supported")]
    public async Task What_is_wrong_goes_back_to_the_program(string name, string? value, string error)
    {
        using var answer = await AskAsync((name, value));
        var told = Told(answer, Back + "?error=");
        Assert.Equal((error, "s&1", "http://127.0.0.1:7071/dev"), (told["error"], told["state"], told["iss"]));
        Assert.False(told.ContainsKey("code"));
    }

    [Fact]
    public async Task A_parameter_may_stand_once()
    {
        using var answer = await Http.GetAsync(Asked() + "&scope=openid", Cancel);
        Assert.Equal("invalid_request", Told(answer)["error"]);
        using var another = await Http.GetAsync(Asked() + "&redirect_uri=http%3A%2F%2F127.0.0.1%2F", Cancel);
        await AssertToldToThePersonAsync(another);
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "a b")]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "back")]
    [InlineData("redirect_uri", "https://evil.example/back")]
    [InlineData("redirect_uri", "http://127.0.0.1.evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1@evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1:80@evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1\\@evil.example/")]
    [InlineData("redirect_uri", "http://evil.example\\127.0.0.1/")]
    [InlineData("redirect_uri", "http://loopback/")]
    [InlineData("redirect_uri", "http://0x7f.1/")]
    [InlineData("redirect_uri", "http://127.0.0.1:7999/#fragment")]
    [InlineData("redirect_uri", "http://127.0.0.1/\r\nSet-Cookie: a=b")]
    [InlineData("redirect_uri", "//127.0.0.1/")]
    [InlineData("redirect_uri", "javascript:alert(1)//127.0.0.1/")]
    [InlineData("redirect_uri", "file:///etc/passwd")]
    [InlineData("redirect_uri", " http://127.0.0.1/")]
    [InlineData("redirect_uri", "http://127.0.0.1/\n")]
    public async Task Nobody_is_sent_to_an_unknown_address(string name, string? value)
    {
        using var answer = await AskAsync((name, value));
        await AssertToldToThePersonAsync(answer);
        using var posted = await Http.PostAsJsonAsync(Asked((name, value)), new { user = "alice", sid = "s" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        using var signedOut = await Http.GetAsync($"dev/end-session?post_logout_redirect_uri={Uri.EscapeDataString(name == "redirect_uri" ? value ?? "" : "x")}", Cancel);
        await AssertToldToThePersonAsync(signedOut);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1?a=b&c=%20")]
    [InlineData("http://localhost:7071/settings?return=https%3A%2F%2Fshop.example")]
    [InlineData("https://[::1]:8443/back")]
    public async Task Any_address_of_this_machine_may_be_answered(string address)
    {
        using var answer = await AskAsync(("redirect_uri", address));
        Assert.NotEmpty(Told(answer, address)["code"]);
        using var signedOut = await Http.GetAsync($"dev/end-session?post_logout_redirect_uri={Uri.EscapeDataString(address)}", Cancel);
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);
    }

    [Fact]
    public async Task Two_addresses_to_go_to_after_signing_out_are_none()
    {
        using var answer = await Http.GetAsync("dev/end-session?post_logout_redirect_uri=https%3A%2F%2Fevil.example&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%2F", Cancel);
        await AssertToldToThePersonAsync(answer);
    }

    [Fact]
    public async Task A_program_that_may_show_no_page_is_told_that_nobody_is_signed_in()
    {
        using var answer = await AskAsync(("prompt", "none"), ("login_hint", null));
        Assert.Equal("login_required", Told(answer)["error"]);
    }

    [Theory]
    [InlineData("alice", "")]
    [InlineData("", "s")]
    [InlineData("al ice", "s")]
    [InlineData("alice", "s\n")]
    public async Task A_name_or_session_that_is_none_is_refused(string user, string sid)
    {
        using var answer = await Http.PostAsJsonAsync(Asked(), new { user, sid }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1:7999")]
    [InlineData("X-Forwarded-For", "203.0.113.1")]
    [InlineData("Host", "evil.example")]
    public async Task A_stranger_signs_nobody_in(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Asked()) { Content = JsonContent.Create(new { user = "alice", sid = "s" }) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task AssertToldToThePersonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("is not", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
