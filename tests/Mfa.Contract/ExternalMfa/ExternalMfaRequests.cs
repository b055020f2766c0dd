using System.Net;
using System.Text;
using Xunit;

namespace Mfa.Contract;

/// <summary>Whatever is wrong with the form that a browser brings from Entra, it is refused where it is: whoever made it up is sent nowhere.</summary>
public sealed class ExternalMfaRequests(EntraLaptop shared) : ExternalMfaTest(shared)
{
    private static readonly Dictionary<string, Action<EntraRequest, FakeEntra>> s_wrong = new()
    {
        ["no scope"] = (r, _) => r["scope"] = null,
        ["a scope without openid"] = (r, _) => r["scope"] = "profile",
        ["an empty scope"] = (r, _) => r["scope"] = "",
        ["no response_type"] = (r, _) => r["response_type"] = null,
        ["a code"] = (r, _) => r["response_type"] = "code",
        ["a code and a token"] = (r, _) => r["response_type"] = "code id_token",
        ["no response_mode"] = (r, _) => r["response_mode"] = null,
        ["an answer in a query"] = (r, _) => r["response_mode"] = "query",
        ["an answer in a fragment"] = (r, _) => r["response_mode"] = "fragment",
        ["no client_id"] = (r, _) => r["client_id"] = null,
        ["another client_id"] = (r, _) => r["client_id"] = "entra2",
        ["a client_id in another case"] = (r, _) => r["client_id"] = "Entra",
        ["no redirect_uri"] = (r, _) => r["redirect_uri"] = null,
        ["another host"] = (r, _) => r["redirect_uri"] = "https://evil.example/common/federation/externalauthprovider",
        ["another cloud's host"] = (r, _) => r["redirect_uri"] = "https://login.microsoftonline.us/common/federation/externalauthprovider",
        ["the host of the public cloud, which this is not"] = (r, _) => r["redirect_uri"] = "https://login.microsoftonline.com/common/federation/externalauthprovider",
        ["another scheme"] = (r, e) => r["redirect_uri"] = e.RedirectUri.Replace("http://", "https://", StringComparison.Ordinal),
        ["another port"] = (r, _) => r["redirect_uri"] = "http://localhost:1/common/federation/externalauthprovider",
        ["another name of the host"] = (r, e) => r["redirect_uri"] = e.RedirectUri.Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
        ["a trailing slash"] = (r, e) => r["redirect_uri"] = e.RedirectUri + "/",
        ["another path"] = (r, e) => r["redirect_uri"] = e.Url + "/common/federation/externalauthprovider2",
        ["a path in another case"] = (r, e) => r["redirect_uri"] = e.Url + "/common/Federation/externalauthprovider",
        ["a query"] = (r, e) => r["redirect_uri"] = e.RedirectUri + "?x=1",
        ["a fragment"] = (r, e) => r["redirect_uri"] = e.RedirectUri + "#x",
        ["somebody in the address"] = (r, e) => r["redirect_uri"] = e.RedirectUri.Replace("://", "://entra@", StringComparison.Ordinal),
        ["a blank before"] = (r, e) => r["redirect_uri"] = " " + e.RedirectUri,
        ["a script"] = (r, _) => r["redirect_uri"] = "javascript:alert(1)",
        ["no nonce"] = (r, _) => r["nonce"] = null,
        ["an empty nonce"] = (r, _) => r["nonce"] = "",
        ["a nonce without end"] = (r, _) => r["nonce"] = new string('n', 10_000),
        ["a state without end"] = (r, _) => r["state"] = new string('s', 40_000),
        ["no hint"] = (r, _) => r["id_token_hint"] = null,
        ["an empty hint"] = (r, _) => r["id_token_hint"] = "",
        ["a hint that is none"] = (r, _) => r["id_token_hint"] = "alice",
        ["a hint of three parts that are none"] = (r, _) => r["id_token_hint"] = "a.b.c",
        ["two hints"] = (r, _) => r.Form.Add(("id_token_hint", r["id_token_hint"]!)),
        ["two addresses"] = (r, e) => r.Form.Add(("redirect_uri", e.RedirectUri)),
        ["two clients"] = (r, _) => r.Form.Add(("client_id", "entra")),
        ["two nonces"] = (r, _) => r.Form.Add(("nonce", "nonce-of-another")),
        ["two states"] = (r, _) => r.Form.Insert(0, ("state", "state-of-another")),
        ["two scopes"] = (r, _) => r.Form.Add(("scope", "openid")),
        ["two claims"] = (r, _) => r.Form.Add(("claims", EntraRequest.UsualClaims)),
        ["claims that are no JSON"] = (r, _) => r["claims"] = "{",
        ["claims that are an array"] = (r, _) => r["claims"] = "[]",
        ["claims of which id_token is a number"] = (r, _) => r["claims"] = """{"id_token":7}""",
        ["values that are a string"] = (r, _) => r["claims"] = """{"id_token":{"acr":{"values":"possession"}}}""",
        ["an acr that knowledge alone gives"] = (r, _) => r["claims"] = EntraRequest.ClaimsOf(["knowledge"], ["sms"]),
        ["an acr that inherence alone gives"] = (r, _) => r["claims"] = EntraRequest.ClaimsOf(["inherence"], ["sms"]),
        ["an acr that nobody knows"] = (r, _) => r["claims"] = EntraRequest.ClaimsOf(["urn:other"], ["sms"]),
        ["an amr that we never are"] = (r, _) => r["claims"] = EntraRequest.ClaimsOf(["possessionorinherence"], ["face", "fpt", "iris"]),
        ["an amr that nobody knows"] = (r, _) => r["claims"] = EntraRequest.ClaimsOf(["possessionorinherence"], ["xyz"]),
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public Task It_is_refused_for(string what) => RefusedAsync(Entra.Ask(User, form: r => s_wrong[what](r, Entra)));

    [Fact]
    public async Task It_is_refused_for_being_longer_than_any()
    {
        var request = Entra.Ask(User, form: r => r.Form.Add(("more", new string('m', 2_000_000))));
        await RefusedAsync(request, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public Task It_is_refused_for_having_more_fields_than_any() =>
        RefusedAsync(Entra.Ask(User, form: r => r.Form.AddRange(Enumerable.Range(0, 5000).Select(i => ($"f{i}", "")))));

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("text/plain", "scope=openid", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\nopenid\r\n--x--\r\n", 415)]
    [InlineData("application/x-www-form-urlencoded", "", 400)]
    [InlineData("application/x-www-form-urlencoded", "%%%&=&&;;%00", 400)]
    public async Task It_is_refused_for_being_no_such_form(string type, string body, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await Shared.PostAsync(content);
        await RefusedAsync(answer, Entra.Ask(User), (HttpStatusCode)status);
    }

    [Fact]
    public async Task What_is_asked_in_an_address_is_not_asked()
    {
        // Without the hint: addresses are logged.
        var request = Entra.Ask(User, form: r => r["id_token_hint"] = null);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var query = await EntraLaptop.Encoded(request).ReadAsStringAsync();
        using var got = await http.GetAsync($"{Laptop.Url}/external-mfa/authorize?{query}");
        Assert.Contains(got.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.Null(got.Headers.Location);
        using var empty = new FormUrlEncodedContent([]);
        using var posted = await Shared.PostAsync(empty, "/external-mfa/authorize?" + query);
        Assert.Contains("client_id is missing", await posted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await RefusedAsync(posted, request);
    }

    [Fact]
    public async Task What_is_not_known_is_passed_over_and_what_need_not_be_there_may_lack()
    {
        using var more = await Shared.OpenAsync(Entra.Ask(User, form: r => r.Form.AddRange([("ui_locales", "nl"), ("mkt", "nl-NL"), ("x", "")])));
        Assert.Equal("open", (await more.SeeAsync())["state"]);
        using var less = await Shared.OpenAsync(Entra.Ask(EntraUser.New(), form: r => r["client-request-id"] = null));
        Assert.Equal("open", (await less.SeeAsync())["state"]);
    }

    [Theory]
    [InlineData("id_token")]
    [InlineData("ID_TOKEN")]
    public async Task The_type_of_the_answer_is_compared_without_case(string type)
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, form: r => r["response_type"] = type));
        Assert.Equal("open", (await page.SeeAsync())["state"]);
    }
}
