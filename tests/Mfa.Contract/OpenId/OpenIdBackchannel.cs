using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Second steps without a browser (OpenID Connect CIBA, poll): what is refused at the start, and whose answer it is.</summary>
public sealed class OpenIdBackchannel(Storage storage) : OpenIdTest(storage)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var admin = await Admin.SignInAsync(Laptop);
        var phone = new JsonObject { ["method"] = "authenticationPhone", ["number"] = Laptop.NewPhone().Number };
        Assert.Equal(201, (await admin.SendAsync("POST", $"admin/users/{User.Id}/methods", phone)).Status);
    }

    [Theory]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "profile", "invalid_scope")]
    [InlineData("login_hint", null, "invalid_request")]
    [InlineData("id_token_hint", "x", "invalid_request")]
    [InlineData("login_hint_token", "x", "invalid_request")]
    [InlineData("requested_expiry", "0", "invalid_request")]
    [InlineData("requested_expiry", "-5", "invalid_request")]
    [InlineData("requested_expiry", "soon", "invalid_request")]
    [InlineData("acr_values", "urn:mfa:not-required", "invalid_request")]
    [InlineData("acr_values", "urn:other", "invalid_request")]
    [InlineData("binding_message", "two\nlines", "invalid_binding_message")]
    [InlineData("login_hint", "nobody-of-this-name", "unknown_user_id")]
    [InlineData("login_hint", "nobody@contoso.example", "unknown_user_id")]
    public async Task What_is_wrong_with_a_request_is_told_by_its_code(string name, string? value, string error) =>
        AssertRefused(await Program.AskAsync(("login_hint", User.Id), (name, value)), error);

    [Fact]
    public async Task A_message_that_is_too_long_a_hint_twice_and_a_token_of_another_are_refused()
    {
        AssertRefused(await Program.AskAsync(("login_hint", User.Id), ("binding_message", new string('m', 101))), "invalid_binding_message");
        AssertRefused(await Program.AskAsync(("login_hint", new string('h', 257))), "invalid_request");
        AssertRefused(await Program.AskAsync(("login_hint_token", "x")), "invalid_request");
        var other = Party("other");
        var (id, access) = await TokensAsync(await CodeOfAsync(other), other);
        AssertRefused(await Program.AskAsync(("id_token_hint", id.EncodedToken)), "invalid_request");
        AssertRefused(await other.AskAsync(("id_token_hint", access)), "invalid_request");
        Assert.Equal(200, (await other.AskAsync(("id_token_hint", id.EncodedToken))).Status);
        var twice = new StringContent($"scope=openid&login_hint={User.Id}&login_hint=bob", null, "application/x-www-form-urlencoded");
        AssertRefused(await Program.SendAsync(HttpMethod.Post, "/bc-authorize", twice, OpenIdParty.Basic("program", OpenIdParty.Secret)), "invalid_request");
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_so_and_who_proves_nothing_is_nobody()
    {
        AssertRefused(await Party("owner").AskAsync(("login_hint", User.Id)), "unauthorized_client");
        AssertRefused(await Program.PostPlainAsync("/bc-authorize", ("scope", "openid"), ("login_hint", User.Id), ("client_id", "program")), "invalid_client", 401);
        AssertRefused(await Party("program", "another-secret-of-somebody-elses-make").AskAsync(("login_hint", User.Id)), "invalid_client", 401);
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/block", new JsonObject());
        AssertRefused(await Program.AskAsync(("login_hint", User.Id)), "access_denied", 403);
        // Of who is not required to take a second step, and can take none, there is nothing to be had.
        using var other = await Laptop.SignInAsync();
        await other.GetAsync("me");
        AssertRefused(await Program.AskAsync(("login_hint", other.Id)), "unknown_user_id");
    }

    [Fact]
    public async Task An_answer_is_that_of_its_client_and_is_had_once()
    {
        using var phone = Laptop.NewPhone();
        using var user = await Laptop.SignInAsync();
        await Laptop.RestsAsync(user, (await user.SetUpAsync(phone))["id"]);
        var asked = await Program.AskAsync(("login_hint", user.Id), ("binding_message", "Room 12"));
        Assert.Equal((200, "600", "5", "no-store"), (asked.Status, asked["expires_in"], asked["interval"], asked.Raw.Headers.CacheControl!.ToString()));
        Assert.InRange(asked["auth_req_id"].Length, 43, 100);
        var id = asked["auth_req_id"];
        AssertRefused(await Program.PollAsync(id), "authorization_pending");
        AssertRefused(await Party("other").PollAsync(id), "invalid_grant");
        foreach (var wrong in new[] { id + "x", id[..^1], "x", "" })
        {
            AssertRefused(await Program.PollAsync(wrong), "invalid_grant");
        }

        // By the contract it is nobody's, under whatever name.
        using var shop = await Laptop.RelyingPartyAsync("program");
        Assert.Equal(404, (await shop.SeeAsync(id)).Status);
        Assert.Equal(404, (await shop.VerifyAsync(id, await phone.CodeAsync(2))).Status);
        Assert.Equal(404, (await shop.DeleteAsync(id)).Status);
        Assert.Equal(404, (await user.GetAsync($"me/challenges/{id}")).Status);

        // There is no page to type it on.
        Assert.EndsWith("Reply to this text with it.", (await phone.CodedAsync())[^1], StringComparison.Ordinal);
        Assert.Contains("Room 12", (await phone.CodedAsync())[^1], StringComparison.Ordinal);
        await phone.TextAsync(Laptop.Sender, await phone.CodeAsync(2));
        Clock.Advance(TimeSpan.FromSeconds(5));
        var tokens = await Handset.UntilAsync(async () => await Program.PollAsync(id), r => r.Text("error") is not ("authorization_pending" or "slow_down"), "tokens");
        Assert.True(tokens.Status == 200, tokens.ToString());
        Assert.Equal(["access_token", "expires_in", "id_token", "scope", "token_type"], tokens.Body!.AsObject().Select(m => m.Key).Order());
        var token = new JsonWebToken(tokens["id_token"]);
        Assert.Equal((user.Id, "program", "urn:mfa:second-step"), (token.Subject, Assert.Single(token.Audiences), token.GetClaim("acr").Value));
        Assert.True(token.TryGetClaim("ctx", out _));
        // No first step, so no session: it tells who it is and opens nothing.
        Assert.Equal(Laptop.Url + "/userinfo", Assert.Single(new JsonWebToken(tokens["access_token"]).Audiences));
        AssertRefused(await Program.PollAsync(id), "invalid_grant");
        Assert.Equal(404, (await shop.SeeAsync(id)).Status);
    }

    [Fact]
    public async Task Who_has_nothing_but_an_authenticators_codes_cannot_be_asked_without_a_page()
    {
        using var user = await Laptop.SignInAsync();
        await user.SetUpAppAsync(Clock);
        AssertRefused(await Program.AskAsync(("login_hint", user.Id)), "unknown_user_id");
    }

    [Fact]
    public async Task It_is_over_when_it_was_said_to_be_and_whoever_asks_too_often_waits_longer_each_time()
    {
        var id = (await Program.AskAsync(("login_hint", User.Id), ("requested_expiry", "60")))["auth_req_id"];
        foreach (var (seconds, error) in new[] { (0, "authorization_pending"), (5, "authorization_pending"), (1, "slow_down"), (9, "authorization_pending"), (5, "slow_down"), (14, "authorization_pending"), (25, "authorization_pending"), (1, "expired_token") })
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds));
            var polled = await Program.PollAsync(id);
            Assert.True(polled.Text("error") == error, $"after {seconds}: {polled}, not {error}");
        }
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    public async Task After_an_admins_act_it_comes_to_nothing(string act)
    {
        var id = (await Program.AskAsync(("login_hint", User.Id)))["auth_req_id"];
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{User.Id}/{act}", new JsonObject())).Status);
        AssertRefused(await Program.PollAsync(id), "access_denied");
    }

    [Fact]
    public async Task One_that_may_not_learn_who_exists_waits_for_nobody_too()
    {
        var blind = Party("blind");
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/block", new JsonObject());
        foreach (var user in new[] { User.Id, Person.NewName(), "nobody@contoso.example" })
        {
            var asked = await blind.AskAsync(("login_hint", user), ("requested_expiry", "60"));
            Assert.Equal((200, "60"), (asked.Status, asked["expires_in"]));
            AssertRefused(await blind.PollAsync(asked["auth_req_id"]), "authorization_pending");
            Clock.Advance(TimeSpan.FromSeconds(60));
            AssertRefused(await blind.PollAsync(asked["auth_req_id"]), "expired_token");
        }
    }
}
