using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Requests that a program pushes (RFC 9126): whose they are, how long they last, and what is believed of who pushes them.</summary>
public sealed class OpenIdPushes(Storage storage) : OpenIdTest(storage)
{
    [Fact]
    public async Task Its_name_opens_what_was_pushed_and_nothing_beside_it_counts()
    {
        var name = await PushAsync(Program);
        var sent = await Program.GetAsync($"/authorize?client_id=program&request_uri={Uri.EscapeDataString(name)}&redirect_uri=https%3A%2F%2Fevil.example&scope=openid&prompt=none&state=other");
        Assert.Equal((303, "/sign-in"), (sent.Status, sent.Raw.Headers.Location!.AbsolutePath));
        var next = (await AuthorizationAsync(sent.Raw.Headers.Location.Query[1..]))["next"];
        using var page = SignInVisit.Of(Laptop.Url, next, SignInVisit.NewWindow());
        await page.SeeAsync();
        var verified = await page.VerifyAsync(page.Id, await AppCodeAsync());
        Assert.StartsWith(OpenIdParty.ReturnTo + "?", verified["returnTo"], StringComparison.Ordinal);
        var back = OpenIdParty.Back(verified["returnTo"]);
        Assert.Equal("s-1", back["state"]);
        Assert.Equal("openid profile email", (await Program.TokenAsync(back["code"]))["scope"]);
    }

    [Fact]
    public async Task It_is_opened_in_its_time_and_a_first_step_that_takes_longer_goes_on()
    {
        var name = await PushAsync(Program);
        Clock.Advance(TimeSpan.FromSeconds(89));
        var sent = await OpenedAsync(Program, name);
        Assert.Equal(303, sent.Status);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertPageAsync(await OpenedAsync(Program, name));
        // The user types a password meanwhile.
        Clock.Advance(TimeSpan.FromMinutes(10));
        using var user = await Laptop.SignInAsync(User.Id);
        Assert.Contains("/sign-in/", (await AuthorizationAsync(sent.Raw.Headers.Location!.Query[1..], user))["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_first_step_learns_what_it_hands_on_to_the_issuer()
    {
        var pushed = await Program.PostAsync("/par", Form(Program, ("login_hint", "alice"), ("prompt", "login"), ("max_age", "60")));
        var page = OpenIdParty.Back((await OpenedAsync(Program, pushed["request_uri"])).Raw.Headers.Location!.OriginalString);
        Assert.Equal(["client_id", "login_hint", "max_age", "prompt", "request_uri"], page.Keys.Order());
        Assert.Equal(("alice", "login", "60"), (page["login_hint"], page["prompt"], page["max_age"]));
    }

    [Fact]
    public async Task Anothers_or_a_changed_one_opens_nothing()
    {
        var name = await PushAsync(Program);
        await AssertPageAsync(await OpenedAsync(Party("other"), name));
        await AssertPageAsync(await OpenedAsync(Party("nobody"), name));
        foreach (var changed in new[] { name + "A", name[..^4], name[..^10] + "AAAAAAAAAA", "urn:ietf:params:oauth:request_uri:", "urn:ietf:params:oauth:request_uri:%20", "https://program.example/request" })
        {
            await AssertPageAsync(await OpenedAsync(Program, changed));
        }

        // What the service seals for something else is no request.
        Assert.Equal(400, (await AuthorizationAsync($"client_id=program&request_uri={Uri.EscapeDataString(name + "A")}")).Status);
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/", "invalid_request")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request")]
    [InlineData("request", "x", "request_not_supported")]
    [InlineData("client_id", "other", "invalid_client")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("acr_values", "urn:other", "unmet_authentication_requirements")]
    public async Task What_is_wrong_with_it_is_told_to_who_pushes_it(string name, string? value, string error) =>
        AssertRefused(await Program.PostAsync("/par", Form(Program, (name, value))), error, error == "invalid_client" ? 401 : 400);

    [Fact]
    public async Task Who_pushes_proves_who_it_is_and_posts_a_form()
    {
        AssertRefused(await Program.PostPlainAsync("/par", Form(Program)), "invalid_client", 401);
        AssertRefused(await Party("program", "another-secret-of-somebody-elses-make").PostAsync("/par", Form(Program)), "invalid_client", 401);
        AssertRefused(await Program.SendAsync(HttpMethod.Post, "/par", new StringContent("{}", null, "application/json"), null), "invalid_request");
        AssertRefused(await Program.SendAsync(HttpMethod.Post, "/par", new StringContent(Program.Query() + "&scope=openid", null, "application/x-www-form-urlencoded"), OpenIdParty.Basic("program", OpenIdParty.Secret)), "invalid_request");
        Assert.Equal(405, (await Program.GetAsync("/par?" + Program.Query())).Status);
    }

    [Fact]
    public async Task A_program_that_takes_the_first_step_is_believed_and_asked_again_it_is_the_same_sign_in()
    {
        var owner = Party("owner");
        var name = await PushAsync(owner, ("login_hint", User.Id));
        var link = (await OpenedAsync(owner, name)).Raw.Headers.Location!.OriginalString;
        Assert.Equal(link, (await OpenedAsync(owner, name)).Raw.Headers.Location!.OriginalString);
        using var page = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        Assert.Equal(("open", "owner"), await page.SeeAsync() is var seen ? (seen["state"], seen["application"]) : default);
        var (id, _) = await TokensAsync(await ProveAsync(page), owner);
        Assert.Equal(User.Id, id.Subject);

        // Whoever finds the name in an address has no sign-in of another user by it.
        using var other = await Laptop.SignInAsync();
        var back = OpenIdParty.Back((await AuthorizationAsync($"client_id=owner&request_uri={Uri.EscapeDataString(name)}", other))["next"]);
        Assert.Equal("invalid_request", back["error"]);
    }

    [Fact]
    public async Task It_says_whose_first_step_it_was_and_nothing_that_could_say_otherwise()
    {
        var owner = Party("owner");
        AssertRefused(await owner.PostAsync("/par", Form(owner)), "invalid_request");
        AssertRefused(await owner.PostAsync("/par", Form(owner, ("login_hint", User.Id), ("id_token_hint", "x"))), "invalid_request");
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/block", new JsonObject());
        var back = OpenIdParty.Back((await OpenedAsync(owner, await PushAsync(owner, ("login_hint", User.Id)))).Raw.Headers.Location!.OriginalString);
        Assert.Equal(("access_denied", "s-1", Laptop.Url), (back["error"], back["state"], back["iss"]));
    }

    [Fact]
    public async Task A_user_is_named_by_the_name_that_they_sign_in_with_too_and_who_need_not_is_back_at_once()
    {
        var (owner, namer) = (Party("owner"), Party("namer"));
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.InRange((await admin.SendAsync("PUT", $"admin/users/{User.Id}", new() { ["userName"] = $"{User.Id}@contoso.example" })).Status, 200, 201);
        var link = (await OpenedAsync(namer, await PushAsync(namer, ("login_hint", $"{User.Id.ToUpperInvariant()}@contoso.example")))).Raw.Headers.Location!.OriginalString;
        using var page = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        await page.SeeAsync();
        Assert.Equal(User.Id, (await TokensAsync(await ProveAsync(page), namer)).Id.Subject);

        var nobody = Person.NewName();
        var name = await PushAsync(owner, ("login_hint", nobody));
        var back = OpenIdParty.Back((await OpenedAsync(owner, name)).Raw.Headers.Location!.OriginalString);
        var (id, access) = await TokensAsync(back["code"], owner);
        Assert.Equal((nobody, "urn:mfa:not-required"), (id.Subject, id.GetClaim("acr").Value));
        Assert.Equal(Laptop.Url + "/userinfo", Assert.Single(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(access).Audiences));
        // Asked for again it is the same sign-in, which is over.
        Assert.Equal("access_denied", OpenIdParty.Back((await OpenedAsync(owner, name)).Raw.Headers.Location!.OriginalString)["error"]);
    }

    [Fact]
    public async Task Who_has_to_and_has_nothing_sets_something_up_first()
    {
        var (owner, user) = (Party("owner"), Person.NewName());
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(201, (await admin.SendAsync("PUT", $"admin/users/{user}", new() { ["required"] = true })).Status);
        using var page = SignInVisit.Of(Laptop.Url, (await OpenedAsync(owner, await PushAsync(owner, ("login_hint", user)))).Raw.Headers.Location!.OriginalString, SignInVisit.NewWindow());
        Assert.Equal("true", (await page.SeeAsync())["setUp"]);
    }

    [Fact]
    public async Task One_that_may_not_learn_who_exists_sees_a_page_of_nobody_too()
    {
        var owner = Party("blindowner");
        foreach (var user in new[] { User.Id, Person.NewName() })
        {
            var link = (await OpenedAsync(owner, await PushAsync(owner, ("login_hint", user)))).Raw.Headers.Location!.OriginalString;
            Assert.StartsWith($"{Laptop.Url}/sign-in/", link, StringComparison.Ordinal);
            using var page = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
            Assert.Equal(("open", null), await page.SeeAsync() is var seen ? (seen["state"], seen.Text("setUp")) : default);
        }
    }

    private static (string, string?)[] Form(OpenIdParty party, params (string, string?)[] changes) =>
        [.. OpenIdParty.Back("https://x.example/?" + party.Query(changes)).Select(f => (f.Key, (string?)f.Value))];

    private static async Task<string> PushAsync(OpenIdParty party, params (string, string?)[] changes)
    {
        var pushed = await party.PostAsync("/par", Form(party, changes));
        Assert.True((pushed.Status, pushed.Text("expires_in")) == (201, "90"), pushed.ToString());
        Assert.Equal("no-store", pushed.Raw.Headers.CacheControl?.ToString());
        return pushed["request_uri"];
    }

    private static Task<Reply> OpenedAsync(OpenIdParty party, string name) => party.GetAsync($"/authorize?client_id={party.Id}&request_uri={Uri.EscapeDataString(name)}");

    private static async Task AssertPageAsync(Reply page)
    {
        Assert.Equal((400, "text/html", null), (page.Status, page.Raw.Content.Headers.ContentType!.MediaType, page.Raw.Headers.Location));
        Assert.Matches("request_uri|client_id", await page.Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
