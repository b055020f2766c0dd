using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>What an access token opens, and what opens nothing in its place.</summary>
public sealed class OpenIdAccess(Storage storage) : OpenIdTest(storage)
{
    private static readonly (string, string?) s_insists = ("acr_values", "urn:mfa:second-step");

    [Fact]
    public async Task It_has_the_form_of_an_access_token_and_one_that_may_use_the_routes_is_for_them()
    {
        var access = new JsonWebToken((await TokensAsync(await CodeOfAsync())).Access);
        Assert.Equal(("at+jwt", Laptop.Url, User.Id, "program", "api://mfa"), (access.Typ, access.Issuer, access.Subject, access.GetClaim("client_id").Value, Assert.Single(access.Audiences)));
        Assert.Equal(("openid profile email", "urn:mfa:second-step", "session"), (access.GetClaim("scope").Value, access.GetClaim("acr").Value, access.GetClaim("sid").Value));
        Assert.Equal(TimeSpan.FromMinutes(10), access.ValidTo - access.ValidFrom);
        var other = Party("other");
        Assert.Equal(Laptop.Url + "/userinfo", Assert.Single(new JsonWebToken((await TokensAsync(await CodeOfAsync(other), other)).Access).Audiences));
    }

    [Fact]
    public async Task It_is_the_user_and_the_second_step_in_one_until_that_is_too_old()
    {
        using var person = Bearer((await TokensAsync(await CodeOfAsync(null, null, s_insists))).Access);
        Assert.Equal(User.Id, (await person.GetAsync("me"))["account"]);
        Assert.Equal(201, (await person.PostAsync("me/recovery-codes")).Status);
        // Once for each thing, as any second step.
        BadInput.AssertProblem(await person.PostAsync("me/recovery-codes"), 403, "second-step-used");
        Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        BadInput.AssertProblem(await person.GetAsync("me"), 401, "unauthorized");
    }

    [Fact]
    public async Task What_needs_a_second_step_says_so_by_the_standard_and_takes_none_that_is_none()
    {
        using var other = await Laptop.SignInAsync();
        using var person = Bearer((await TokensAsync(OpenIdParty.Back(await FirstStepAsync(null, other))["code"])).Access);
        await other.SetUpAppAsync(Clock);
        foreach (var caller in new Caller[] { other, person })
        {
            var refused = await caller.PostAsync("me/recovery-codes");
            BadInput.AssertProblem(refused, 401, "second-step-required");
            var challenge = Assert.Single(refused.Raw.Headers.WwwAuthenticate);
            Assert.Equal("Bearer", challenge.Scheme);
            Assert.Contains("error=\"insufficient_user_authentication\"", challenge.Parameter, StringComparison.Ordinal);
            Assert.Contains("acr_values=\"urn:mfa:second-step\"", challenge.Parameter, StringComparison.Ordinal);
            Assert.Contains("max_age=\"600\"", challenge.Parameter, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_of_a_program_that_may_not_use_the_routes_opens_none_of_them()
    {
        var other = Party("other");
        var (id, access) = await TokensAsync(await CodeOfAsync(other), other);
        var owner = Party("owner");
        var pushed = await owner.PostAsync("/par", [.. OpenIdParty.Back("https://x.example/?" + owner.Query(("login_hint", User.Id))).Select(f => (f.Key, (string?)f.Value))]);
        var link = (await owner.GetAsync($"/authorize?client_id=owner&request_uri={Uri.EscapeDataString(pushed["request_uri"])}")).Raw.Headers.Location!.OriginalString;
        using var page = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        // Of a first step that nobody here saw there is no session.
        var (_, owners) = await TokensAsync(await ProveAsync(page), owner);
        foreach (var token in new[] { access, id.EncodedToken, owners })
        {
            using var person = Bearer(token);
            foreach (var reply in new[] { await person.GetAsync("me"), await person.PostAsync("me/recovery-codes"), await person.PostAsync("me/enrollments", new JsonObject()), await person.PostAsync("me/challenges"), await person.GetAsync($"admin/users/{User.Id}"), await person.PostAsync("challenges", new JsonObject()) })
            {
                BadInput.AssertProblem(reply, 401, "unauthorized");
            }
        }

        Assert.Equal((200, 200), ((await other.GetAsync("/userinfo", "Bearer " + access)).Status, (await owner.GetAsync("/userinfo", "Bearer " + owners)).Status));
    }

    [Fact]
    public async Task A_token_of_one_kind_serves_as_no_other()
    {
        var (id, access) = await TokensAsync(await CodeOfAsync(null, null, s_insists));
        var own = (await User.PostAsync("me/challenges")).Text("id")!;
        var assertion = (await User.PostAsync($"me/challenges/{own}/verify", new JsonObject { ["code"] = await AppCodeAsync() }))["assertion"];
        // A program's tokens in the place of the assertion.
        foreach (var token in new[] { id.EncodedToken, access })
        {
            BadInput.AssertProblem(await User.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", token)), 401, "second-step-required");
        }

        // The assertion, an ID token or the issuer's own in the place of an access token.
        foreach (var token in new[] { assertion, id.EncodedToken })
        {
            using var person = Bearer(token);
            BadInput.AssertProblem(await person.GetAsync("me"), 401, "unauthorized");
        }

        foreach (var token in new[] { assertion, id.EncodedToken, User.Token, access[..^4] + "AAAA", access + "." })
        {
            var refused = await Program.GetAsync("/userinfo", "Bearer " + token);
            Assert.Equal((401, "Bearer error=\"invalid_token\""), (refused.Status, refused.Raw.Headers.WwwAuthenticate.Single().ToString()));
        }

        Assert.Equal("Bearer", (await Program.GetAsync("/userinfo")).Raw.Headers.WwwAuthenticate.Single().ToString());
        // On routes of programs and admins it is nobody's.
        using var user = Bearer(access);
        foreach (var reply in new[] { await user.PostAsync("challenges", new JsonObject()), await user.GetAsync($"admin/users/{User.Id}"), await user.PostAsync("me/authorizations", new JsonObject { ["query"] = Party("other").Query() }) })
        {
            BadInput.AssertProblem(reply, 401, "unauthorized");
        }

        Assert.Equal(201, (await User.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", assertion))).Status);
    }

    [Fact]
    public async Task After_a_reset_it_is_a_second_step_no_more()
    {
        using var person = Bearer((await TokensAsync(await CodeOfAsync(null, null, s_insists))).Access);
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/reset", new JsonObject());
        await User.SetUpAppAsync(Clock);
        // Nor a first one: what was set up since is none of whoever had it.
        BadInput.AssertProblem(await person.PostAsync("me/recovery-codes"), 401, "unauthorized");
        BadInput.AssertProblem(await person.GetAsync("me"), 401, "unauthorized");
    }

    private Person Bearer(string token) => new(Laptop.Url, token);
}
