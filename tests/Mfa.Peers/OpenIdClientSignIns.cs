using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>Signing in to a program by npm's openid-client: the code flow, pushed requests, and each way of a client to prove itself.</summary>
public sealed class OpenIdClientSignIns(Storage storage) : OpenIdClientTest(storage)
{
    [Theory]
    [InlineData("program", "basic")]
    [InlineData("program", "post")]
    [InlineData("signer", "key")]
    public async Task A_user_signs_in_and_the_program_knows_who_and_how(string client, string how)
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync(client, how);
        var back = await SecondStepAsync(await FirstStepAsync(await program.AuthorizeAsync()));
        Assert.Equal(["code", "iss", "state"], Brought(back).Keys.Order());
        var tokens = await program.CallbackAsync(back);
        var claims = tokens["claims"]!;
        Assert.Equal((User.Id, "contoso", client, "urn:mfa:second-step"), (claims["sub"]!.ToString(), claims["tid"]!.ToString(), claims["aud"]!.ToString(), claims["acr"]!.ToString()));
        Assert.Equal("[\"mfa\",\"sms\"]", claims["amr"]!.ToJsonString());
        Assert.Null(claims["sid"]);
        Assert.Equal(("bearer", "openid profile email", null), (tokens["type"]!.ToString(), tokens["scope"]!.ToString(), tokens["refresh"]));
        Assert.Equal(User.Id, tokens["user"]!["sub"]!.ToString());

        var again = await program.FailAsync("callback", new() { ["url"] = back });
        Assert.Equal("invalid_grant", again["error"]!.ToString());
    }

    [Fact]
    public async Task What_a_browser_brings_back_counts_where_it_was_asked_for_alone()
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync();
        var back = await SecondStepAsync(await FirstStepAsync(await program.AuthorizeAsync()));
        var other = System.Web.HttpUtility.ParseQueryString(new Uri(await program.AuthorizeAsync()).Query)["state"]!;
        Assert.Equal("OAUTH_INVALID_RESPONSE", (await program.FailAsync("callback", new() { ["url"] = back, ["of"] = other }))["code"]!.ToString());
        // Another issuer's answer, with a code of ours (RFC 9207).
        var mixed = back.Replace("iss=http", "iss=https", StringComparison.Ordinal);
        Assert.NotEqual(back, mixed);
        Assert.Equal("OAUTH_INVALID_RESPONSE", (await program.FailAsync("callback", new() { ["url"] = mixed }))["code"]!.ToString());
        // Another's state, so another verifier: here the service refuses.
        var swapped = back.Replace("state=" + Brought(back)["state"], "state=" + other, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await program.FailAsync("callback", new() { ["url"] = swapped, ["of"] = other }))["error"]!.ToString());
        await program.CallbackAsync(back);
    }

    [Fact]
    public async Task A_program_that_checked_the_password_pushes_its_request_and_names_the_user()
    {
        await SetUpPhoneAsync();
        var owner = await ProgramAsync("owner");
        var authorize = await owner.AuthorizeAsync(new() { ["login_hint"] = User.Id }, push: true);
        Assert.Equal(["client_id", "request_uri"], System.Web.HttpUtility.ParseQueryString(new Uri(authorize).Query).AllKeys.Order());
        var page = await GoAsync(authorize);
        Assert.Equal(page, await GoAsync(authorize));
        var tokens = await owner.CallbackAsync(await SecondStepAsync(page));
        Assert.Equal(User.Id, tokens["claims"]!["sub"]!.ToString());

        // Without a push it is told off, at the program.
        var refused = Brought(await GoAsync(await owner.AuthorizeAsync(new() { ["login_hint"] = User.Id })));
        Assert.Equal(("invalid_request", Laptop.Url), (refused["error"], refused["iss"]));
        Assert.Equal("invalid_request", (await owner.FailAsync("authorize", new() { ["parameters"] = new JsonObject { ["redirect_uri"] = Back }, ["push"] = true }))["error"]!.ToString());
        var elsewhere = new JsonObject { ["redirect_uri"] = "https://elsewhere.example/", ["login_hint"] = User.Id };
        Assert.Equal(400, (int)(await owner.FailAsync("authorize", new() { ["parameters"] = elsewhere, ["push"] = true }))["status"]!);
    }

    [Fact]
    public async Task A_pushed_request_of_any_other_program_takes_the_first_step_too()
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync();
        var next = await FirstStepAsync(await program.AuthorizeAsync(push: true));
        Assert.Equal(User.Id, (await program.CallbackAsync(await SecondStepAsync(next)))["claims"]!["sub"]!.ToString());
    }

    [Fact]
    public async Task Who_need_not_passes_at_once_and_not_where_the_program_insists()
    {
        var program = await ProgramAsync();
        var tokens = await program.CallbackAsync(await FirstStepAsync(await program.AuthorizeAsync()));
        Assert.Equal("urn:mfa:not-required", tokens["claims"]!["acr"]!.ToString());
        var page = await FirstStepAsync(await program.AuthorizeAsync(new() { ["acr_values"] = "urn:mfa:second-step" }));
        Assert.StartsWith(Laptop.Url + "/sign-in/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_calls_it_off_is_refused_and_so_is_a_program_that_asks_for_nothing_to_be_shown()
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync();
        using var page = SignInVisit.Of(Laptop.Url, await FirstStepAsync(await program.AuthorizeAsync()), SignInVisit.NewWindow());
        await page.DeleteAsync(page.Id);
        Assert.Equal("access_denied", (await program.FailAsync("callback", new() { ["url"] = (await page.SeeAsync())["returnTo"] }))["error"]!.ToString());
        Assert.Equal("login_required", (await program.FailAsync("callback", new() { ["url"] = await GoAsync(await program.AuthorizeAsync(new() { ["prompt"] = "none" })) }))["error"]!.ToString());
    }

    [Fact]
    public async Task A_wrong_secret_or_key_gets_nothing()
    {
        await SetUpPhoneAsync();
        using var forger = await OpenIdProgram.StartAsync(Laptop.Url, "signer", "key", OpenIdProgram.NewKey().Pem);
        using var guesser = await OpenIdProgram.StartAsync(Laptop.Url, "program", "basic", "a-secret-that-somebody-made-up-for-it");
        foreach (var program in new[] { forger, guesser })
        {
            var back = await SecondStepAsync(await FirstStepAsync(await program.AuthorizeAsync()), program == forger ? 2 : 3);
            var refused = await program.FailAsync("callback", new() { ["url"] = back });
            Assert.True(refused["status"]!.ToString() == "401" || refused["error"]?.ToString() == "invalid_client", refused.ToJsonString());
        }
    }
}
