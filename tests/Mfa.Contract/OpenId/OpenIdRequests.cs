using Xunit;

namespace Mfa.Contract;

/// <summary>What is wrong with a request for a sign-in: told where it came from if that is sure, and else to whoever looks.</summary>
public sealed class OpenIdRequests(OpenIdLaptop shared) : IClassFixture<OpenIdLaptop>
{
    private OpenIdParty Program => shared.Program;

    [Theory]
    [InlineData("client_id", "nobody", "client_id")]
    [InlineData("client_id", "PROGRAM", "client_id")]
    [InlineData("client_id", null, "client_id")]
    [InlineData("client_id", "", "client_id")]
    [InlineData("redirect_uri", null, "redirect_uri")]
    [InlineData("redirect_uri", "", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example/back/", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example/Back", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example/back?x=1", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example/elsewhere", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example.evil/back", "redirect_uri")]
    [InlineData("redirect_uri", "https://program.example@evil.example/back", "redirect_uri")]
    [InlineData("redirect_uri", "http://program.example/back", "redirect_uri")]
    [InlineData("redirect_uri", "javascript:alert(1)", "redirect_uri")]
    [InlineData("redirect_uri", " https://program.example/back", "redirect_uri")]
    public async Task Of_an_unknown_program_or_address_nothing_goes_back_but_a_page_says_it(string name, string? value, string says)
    {
        await AssertPageAsync(await Program.AuthorizeAsync((name, value)), says);
        await AssertPageAsync(await Program.PostPlainAsync("/authorize", [.. OpenIdParty.Back("https://x.example/?" + Program.Query((name, value))).Select(f => (f.Key, (string?)f.Value))]), says);
    }

    [Theory]
    [InlineData("client_id", "other")]
    [InlineData("redirect_uri", "https://program.example/elsewhere?a=b")]
    [InlineData("state", "s-2")]
    [InlineData("request_uri", "a&request_uri=b")]
    public async Task What_is_said_twice_of_where_it_goes_back_to_goes_nowhere(string name, string value) =>
        await AssertPageAsync(await Program.GetAsync($"/authorize?{Program.Query()}&{name}={value}"), name);

    [Fact]
    public async Task A_state_that_is_too_long_goes_nowhere() => await AssertPageAsync(await Program.AuthorizeAsync(("state", new string('s', 2049))), "state");

    [Theory]
    [InlineData("response_type", null, "unsupported_response_type")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("scope", "OpenID", "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://program.example/request", "request_uri_not_supported")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "1.5", "invalid_request")]
    [InlineData("acr_values", "urn:other:level", "unmet_authentication_requirements")]
    [InlineData("acr_values", "urn:mfa:remembered", "unmet_authentication_requirements")]
    public async Task Every_other_fault_is_told_where_it_came_from_with_its_state_and_whose_answer_it_is(string name, string? value, string error)
    {
        var refused = await Program.AuthorizeAsync((name, value));
        AssertBack(refused, error);
        // What the page hands on as the user is looked at again.
        using var user = await shared.Laptop.SignInAsync();
        var asked = await user.PostAsync("me/authorizations", new System.Text.Json.Nodes.JsonObject { ["query"] = Program.Query((name, value)) });
        Assert.True(asked.Status == 200, asked.ToString());
        Assert.Equal(refused.Raw.Headers.Location!.OriginalString, asked["next"]);
    }

    [Theory]
    [InlineData("scope", "openid")]
    [InlineData("nonce", "n-2")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")]
    [InlineData("acr_values", "a&acr_values=b")]
    public async Task What_is_said_twice_is_told_there_too(string name, string value) =>
        AssertBack(await Program.GetAsync($"/authorize?{Program.Query()}&{name}={value}"), "invalid_request");

    [Theory]
    [InlineData("nonce", 513)]
    [InlineData("login_hint", 257)]
    public async Task What_is_too_long_is_told_there_too(string name, int length) => AssertBack(await Program.AuthorizeAsync((name, new string('x', length))), "invalid_request");

    [Fact]
    public async Task What_is_too_long_for_an_address_is_told_and_leads_to_none()
    {
        var many = string.Join(' ', Enumerable.Repeat("openid", 2_000));
        AssertBack(await Program.PostPlainAsync("/authorize", [.. OpenIdParty.Back("https://x.example/?" + Program.Query(("scope", many))).Select(f => (f.Key, (string?)f.Value))]), "invalid_request");
    }

    [Fact]
    public async Task Without_a_state_none_comes_back_and_the_addresss_own_query_stays()
    {
        var refused = await Program.AuthorizeAsync(("state", null), ("redirect_uri", OpenIdParty.ReturnToElsewhere), ("prompt", "none"));
        Assert.StartsWith(OpenIdParty.ReturnToElsewhere + "&", refused.Raw.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(["a", "error", "error_description", "iss"], OpenIdParty.Back(refused.Raw.Headers.Location.OriginalString).Keys.Order());
    }

    [Theory]
    [InlineData("response_mode", "query")]
    [InlineData("prompt", "login")]
    [InlineData("prompt", "select_account")]
    [InlineData("max_age", "0")]
    [InlineData("max_age", "600")]
    [InlineData("acr_values", "urn:other:level urn:mfa:second-step")]
    [InlineData("acr_values", "urn:mfa:not-required")]
    [InlineData("login_hint", "alice@contoso.example")]
    [InlineData("ui_locales", "nl en")]
    [InlineData("display", "popup")]
    [InlineData("claims", "{}")]
    [InlineData("nonce", null)]
    [InlineData("something", "that nobody knows")]
    [InlineData("scope", "openid offline_access else")]
    public async Task What_is_good_goes_to_the_first_step_by_get_and_by_post(string name, string? value)
    {
        foreach (var sent in new[]
        {
            await Program.AuthorizeAsync((name, value)),
            await Program.PostPlainAsync("/authorize", [.. OpenIdParty.Back("https://x.example/?" + Program.Query((name, value))).Select(f => (f.Key, (string?)f.Value))]),
        })
        {
            Assert.Equal(303, sent.Status);
            Assert.Equal($"{shared.Laptop.Url}/sign-in", sent.Raw.Headers.Location!.GetLeftPart(UriPartial.Path));
            Assert.Equal("program", OpenIdParty.Back(sent.Raw.Headers.Location.OriginalString)["client_id"]);
        }
    }

    [Fact]
    public async Task A_program_that_takes_the_first_step_itself_has_to_push_what_it_asks_for() =>
        AssertBack(await shared.Owner.AuthorizeAsync(("login_hint", "alice")), "invalid_request");

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task It_is_got_or_posted(string method) => Assert.Equal(405, (await Program.SendAsync(new(method), "/authorize?" + Program.Query(), null, null)).Status);

    [Fact]
    public async Task A_post_that_is_no_form_is_a_page_too() =>
        Assert.Equal((415, "text/html"), await Program.SendAsync(HttpMethod.Post, "/authorize?" + Program.Query(), new StringContent("{}", null, "application/json"), null) is var sent ? (sent.Status, sent.Raw.Content.Headers.ContentType!.MediaType) : default);

    private void AssertBack(Reply refused, string error)
    {
        Assert.True(refused.Status == 303, refused.ToString());
        var address = refused.Raw.Headers.Location!.OriginalString;
        Assert.StartsWith(OpenIdParty.ReturnTo + "?", address, StringComparison.Ordinal);
        var back = OpenIdParty.Back(address);
        Assert.Equal(["error", "error_description", "iss", "state"], back.Keys.Order());
        Assert.Equal((error, "s-1", shared.Laptop.Url), (back["error"], back["state"], back["iss"]));
        Assert.Matches(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+$", back["error_description"]);
        Assert.Equal("no-referrer", refused.Raw.Headers.GetValues("Referrer-Policy").Single());
    }

    private static async Task AssertPageAsync(Reply page, string says)
    {
        Assert.Equal((400, "text/html", null), (page.Status, page.Raw.Content.Headers.ContentType!.MediaType, page.Raw.Headers.Location));
        Assert.Contains(says, await page.Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Raw.Headers.CacheControl?.ToString());
    }
}
