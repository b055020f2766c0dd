using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>What an ID token and an answer say, and of whom.</summary>
public sealed class OpenIdTokens(Storage storage) : OpenIdTest(storage)
{
    [Fact]
    public async Task An_id_token_says_who_signed_in_how_when_and_for_whom_and_nothing_of_the_session()
    {
        var began = Clock.GetUtcNow().ToUnixTimeSeconds();
        var code = await CodeOfAsync();
        Clock.Advance(TimeSpan.FromSeconds(20));
        var answer = await Program.TokenAsync(code);
        Assert.Equal((200, "Bearer", "openid profile email"), (answer.Status, answer["token_type"], answer["scope"]));
        Assert.Equal(["access_token", "expires_in", "id_token", "scope", "token_type"], answer.Body!.AsObject().Select(m => m.Key).Order());
        // A second step counts for ten minutes from when it was taken.
        Assert.Equal("580", answer["expires_in"]);
        Assert.Equal(("no-store", "no-cache", "application/json"), (answer.Raw.Headers.CacheControl!.ToString(), answer.Raw.Headers.Pragma.ToString(), answer.Raw.Content.Headers.ContentType!.MediaType));
        var token = new JsonWebToken(answer["id_token"]);
        Assert.Equal((Laptop.Url, User.Id, "n-1", "urn:mfa:second-step"), (token.Issuer, token.Subject, token.GetClaim("nonce").Value, token.GetClaim("acr").Value));
        Assert.Equal("program", Assert.Single(token.Audiences));
        Assert.Equal(["mfa", "otp"], token.Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        var at = long.Parse(token.GetClaim("auth_time").Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(at, began, began + 60);
        Assert.Equal(at + 300, new DateTimeOffset(token.ValidTo).ToUnixTimeSeconds());
        Assert.Equal(["acr", "amr", "amr", "aud", "auth_time", "epoch", "exp", "iat", "iss", "jti", "nbf", "nonce", "sub", "tid"], token.Claims.Select(c => c.Type).Order());
    }

    [Theory]
    [InlineData("openid")]
    [InlineData("openid offline_access profile")]
    public async Task What_is_told_of_a_user_is_what_was_asked_for_and_a_nonce_only_where_one_came(string scope)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.InRange((await admin.SendAsync("PUT", $"admin/users/{User.Id}", new() { ["displayName"] = "Alice", ["userName"] = $"{User.Id}@contoso.example", ["email"] = "alice@mail.example" })).Status, 200, 201);
        var code = await CodeOfAsync(null, null, ("scope", scope), ("nonce", null));
        var answer = await Program.TokenAsync(code);
        Assert.Equal(scope.Contains("profile", StringComparison.Ordinal) ? "openid profile" : "openid", answer["scope"]);
        Assert.False(new JsonWebToken(answer["id_token"]).TryGetClaim("nonce", out _));
        foreach (var asked in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var told = await Program.SendAsync(asked, "/userinfo", null, "Bearer " + answer["access_token"]);
            Assert.Equal((200, User.Id, "contoso"), (told.Status, told["sub"], told["tid"]));
            Assert.Equal(scope.Contains("profile", StringComparison.Ordinal) ? ("Alice", $"{User.Id}@contoso.example") : (null, null), (told.Text("name"), told.Text("preferred_username")));
            Assert.Null(told.Text("email"));
        }
    }

    [Fact]
    public async Task An_email_is_told_where_it_was_asked_for()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.SendAsync("PUT", $"admin/users/{User.Id}", new() { ["displayName"] = "Alice", ["email"] = "alice@mail.example" });
        var (_, access) = await TokensAsync(await CodeOfAsync(null, null, ("scope", "openid email")));
        var told = await Program.GetAsync("/userinfo", "Bearer " + access);
        Assert.Equal(("alice@mail.example", null), (told["email"], told.Text("name")));
    }

    [Fact]
    public async Task Who_need_not_is_asked_nothing_unless_the_program_insists_and_sets_something_up_then()
    {
        using var other = await Laptop.SignInAsync();
        Assert.Equal(200, (await other.GetAsync("me")).Status);
        foreach (var acr in new[] { null, "urn:mfa:not-required", "urn:mfa:second-step urn:mfa:not-required" })
        {
            var back = OpenIdParty.Back(await FirstStepAsync(null, other, ("acr_values", acr)));
            Assert.Equal(["code", "iss", "state"], back.Keys.Order());
            var (id, _) = await TokensAsync(back["code"]);
            Assert.Equal((other.Id, "urn:mfa:not-required"), (id.Subject, id.GetClaim("acr").Value));
            Assert.DoesNotContain(id.Claims, c => c.Type == "amr");
        }

        using var page = await OpenAsync(null, other, ("acr_values", "urn:other urn:mfa:second-step"));
        Assert.Equal("true", (await page.SeeAsync())["setUp"]);
        Assert.Equal("urn:mfa:second-step", (await TokensAsync(await CodeOfAsync(null, null, ("acr_values", "urn:mfa:not-required")))).Id.GetClaim("acr").Value);
    }

    [Fact]
    public async Task A_user_of_another_tenant_does_not_sign_in_and_a_program_that_takes_the_first_step_itself_asks_nobodys_pages()
    {
        using var stranger = await Person.SignInAsync(Laptop.Issuer ?? Laptop.Url, User.Id, "fabrikam");
        var refused = await AuthorizationAsync(Program.Query(), stranger.At(Laptop.Url));
        Assert.Equal((200, "access_denied"), (refused.Status, OpenIdParty.Back(refused["next"])["error"]));
        Assert.Equal("invalid_request", OpenIdParty.Back((await AuthorizationAsync(Party("owner").Query(("login_hint", User.Id))))["next"])["error"]);
    }

    [Fact]
    public async Task An_id_token_hint_is_of_who_signs_in_or_nobody_does()
    {
        var answer = await Program.TokenAsync(await CodeOfAsync());
        var (hint, party) = (answer["id_token"], Party("other"));
        var (others, _) = await TokensAsync(await CodeOfAsync(party), party);
        using var other = await Laptop.SignInAsync();
        Assert.Equal("login_required", OpenIdParty.Back(await FirstStepAsync(null, other, ("id_token_hint", hint)))["error"]);
        foreach (var wrong in new[] { hint + "x", "x", others.EncodedToken, answer["access_token"] })
        {
            Assert.Equal("login_required", OpenIdParty.Back(await FirstStepAsync(null, null, ("id_token_hint", wrong)))["error"]);
        }

        // However old it is.
        Clock.Advance(TimeSpan.FromHours(1));
        using var user = await Laptop.SignInAsync(User.Id);
        (await OpenAsync(null, user, ("id_token_hint", hint))).Dispose();
    }

    [Fact]
    public async Task A_program_that_can_not_check_ES256_gets_RS256()
    {
        using var rsa = RSA.Create(2048);
        var head = await Laptop.AddHeadAsync(Clock, new() { ["Assertion:Keys:r1"] = Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()), ["Assertion:NewestRs256"] = "r1", ["Assertion:Rs256Clients"] = "program" });
        var url = head.Url.ToString().TrimEnd('/');
        using var program = new OpenIdParty(url);
        using var other = await Laptop.SignInAsync();
        using var user = other.At(url);
        var tokens = await program.TokenAsync(OpenIdParty.Back((await AuthorizationAsync(program.Query(), user))["next"])["code"]);
        Assert.All(new[] { "id_token", "access_token" }, name => Assert.Equal(("RS256", "r1"), new JsonWebToken(tokens[name]) is var token ? (token.Alg, token.Kid) : default));
        Assert.Equal(other.Id, (await program.GetAsync("/userinfo", "Bearer " + tokens["access_token"]))["sub"]);
        Assert.Contains("RS256", (await program.GetAsync("/.well-known/openid-configuration")).Body!["id_token_signing_alg_values_supported"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl", "nl")]
    [InlineData("xx-YY nl-BE en", "nl-BE")]
    [InlineData("xx", null)]
    [InlineData(null, null)]
    public async Task The_page_speaks_the_language_that_the_program_asks_for(string? locales, string? culture)
    {
        using var page = await OpenAsync(null, null, ("ui_locales", locales));
        Assert.Equal(culture, (await page.SeeAsync()).Text("culture"));
    }

    [Fact]
    public async Task Whatever_ends_a_sign_in_says_access_denied_and_a_failure_is_said_by_the_page_first()
    {
        using var page = await OpenAsync();
        await page.DeleteAsync(page.Id);
        var back = OpenIdParty.Back((await page.SeeAsync())["returnTo"]);
        Assert.Equal(["error", "error_description", "iss", "state"], back.Keys.Order());
        Assert.Equal(("access_denied", "cancelled", "s-1", Laptop.Url), (back["error"], back["error_description"], back["state"], back["iss"]));

        using var late = await OpenAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("access_denied", "expired"), OpenIdParty.Back((await late.SeeAsync())["returnTo"]) is var over ? (over["error"], over["error_description"]) : default);
    }

    [Fact]
    public async Task A_user_who_is_over_a_limit_is_told_so_here_and_a_blocked_one_at_the_program()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/block", new JsonObject());
        Assert.Equal("access_denied", OpenIdParty.Back(await FirstStepAsync())["error"]);
        await admin.PostAsync($"admin/users/{User.Id}/unblock", new JsonObject());
        Reply asked;
        var asks = 0;
        do
        {
            asked = await AuthorizationAsync(Program.Query());
            Assert.InRange(asks++, 0, 500);
        }
        while (asked.Status == 200);
        BadInput.AssertProblem(asked, 429, "challenges-limit");
    }

    [Fact]
    public async Task What_is_no_query_is_refused_to_the_page()
    {
        foreach (var body in new JsonNode[] { new JsonObject(), new JsonObject { ["query"] = 7 }, new JsonObject { ["query"] = new string('x', 17_000) } })
        {
            BadInput.AssertProblem(await User.PostAsync("me/authorizations", body), 400, "invalid-request");
        }

        BadInput.AssertProblem(await AuthorizationAsync("client_id=nobody"), 400, "openid-request");
    }
}
