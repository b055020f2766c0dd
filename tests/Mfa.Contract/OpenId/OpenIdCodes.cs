using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a code is worth: to whom, how often, how long.</summary>
public sealed class OpenIdCodes(Storage storage) : OpenIdTest(storage)
{
    [Fact]
    public async Task It_serves_once()
    {
        var code = await CodeOfAsync();
        await TokensAsync(code);
        AssertRefused(await Program.TokenAsync(code), "invalid_grant");
        // Nor does the page tell another one.
        var again = await CodeOfAsync();
        Assert.NotEqual(code, again);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_served()
    {
        var code = await CodeOfAsync();
        var other = await Laptop.AddHeadAsync(Clock);
        using var elsewhere = new OpenIdParty(other.Url.ToString());
        var form = Program.CodeForm(code);
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? Program : elsewhere).PostAsync("/token", form)));
        Assert.Equal([200, .. Enumerable.Repeat(400, 9)], all.Select(r => r.Status).Order());
    }

    [Fact]
    public async Task It_lives_a_minute_from_when_the_browser_had_it_and_five_from_the_proof()
    {
        using var page = await OpenAsync();
        var code = await ProveAsync(page);
        Clock.Advance(TimeSpan.FromSeconds(60));
        AssertRefused(await Program.TokenAsync(code), "invalid_grant");
        // The page is looked at again, and has a fresh one.
        code = OpenIdParty.Back((await page.SeeAsync())["returnTo"])["code"];
        Clock.Advance(TimeSpan.FromSeconds(59));
        await TokensAsync(code);
        Assert.Equal("access_denied", OpenIdParty.Back((await page.SeeAsync())["returnTo"])["error"]);

        using var slow = await OpenAsync();
        await ProveAsync(slow);
        Clock.Advance(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(30));
        code = OpenIdParty.Back((await slow.SeeAsync())["returnTo"])["code"];
        Clock.Advance(TimeSpan.FromSeconds(30));
        AssertRefused(await Program.TokenAsync(code), "invalid_grant");
        Assert.Equal("access_denied", OpenIdParty.Back((await slow.SeeAsync())["returnTo"])["error"]);
    }

    [Fact]
    public async Task It_is_bound_to_its_client_address_and_verifier_and_a_wrong_try_takes_nothing_away()
    {
        var code = await CodeOfAsync();
        var other = Party("other");
        AssertRefused(await other.PostAsync("/token", Program.CodeForm(code)), "invalid_grant");
        AssertRefused(await Party("signer", null).PostPlainAsync("/token", Program.CodeForm(code)), "invalid_client", 401);
        foreach (var (name, value) in new (string, string?)[]
        {
            ("redirect_uri", null), ("redirect_uri", OpenIdParty.ReturnToElsewhere), ("redirect_uri", OpenIdParty.ReturnTo + "/"),
            ("code_verifier", null), ("code_verifier", other.Verifier), ("code_verifier", Program.CodeChallenge), ("code_verifier", new string('a', 129)),
            ("code", null), ("code", code + "A"), ("code", code[..^1]), ("code", "x"), ("code", code.Split('.')[0]), ("code", code.Replace(code.Split('.')[1], "99999999999", StringComparison.Ordinal)),
        })
        {
            AssertRefused(await Program.TokenAsync(code, (name, value)), "invalid_grant");
        }

        await TokensAsync(code);
    }

    [Fact]
    public async Task Of_two_sign_ins_each_has_its_own_verifier()
    {
        using var second = new OpenIdParty(Laptop.Url);
        var (code, other) = (await CodeOfAsync(), await CodeOfAsync(second));
        AssertRefused(await second.TokenAsync(code), "invalid_grant");
        AssertRefused(await Program.TokenAsync(other), "invalid_grant");
        await TokensAsync(code);
        await TokensAsync(other, second);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    public async Task After_an_admins_act_it_proves_nothing(string act)
    {
        var code = await CodeOfAsync();
        var (_, access) = await TokensAsync(await CodeOfAsync());
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{User.Id}/{act}", new JsonObject())).Status);
        AssertRefused(await Program.TokenAsync(code), "invalid_grant");
        Assert.Equal(401, (await Program.GetAsync("/userinfo", "Bearer " + access)).Status);
    }

    [Fact]
    public async Task What_is_no_code_grant_is_none()
    {
        var code = await CodeOfAsync();
        AssertRefused(await Program.TokenAsync(code, ("grant_type", null)), "invalid_request");
        foreach (var grant in new[] { "refresh_token", "password", "client_credentials", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer" })
        {
            AssertRefused(await Program.TokenAsync(code, ("grant_type", grant)), "unsupported_grant_type");
        }

        AssertRefused(await Party("owner").TokenAsync(code, ("grant_type", "urn:openid:params:grant-type:ciba")), "unauthorized_client");
        AssertRefused(await Program.PollAsync(code), "invalid_grant");
        AssertRefused(await Program.PollAsync(code.Split('.')[0]), "invalid_grant");
        Assert.Equal(405, (await Program.GetAsync("/token")).Status);
        await TokensAsync(code);
    }

    [Fact]
    public async Task A_sign_in_of_the_contract_has_no_code_and_that_of_a_program_no_answer()
    {
        using var shop = await Laptop.RelyingPartyAsync("program");
        var challenge = await shop.ChallengeAsync(User.Id);
        using var page = await OpenAsync();
        var code = await ProveAsync(page);
        AssertRefused(await Program.TokenAsync(code.Replace(page.Id, challenge["id"], StringComparison.Ordinal)), "invalid_grant");
        // A program of the contract that is called the same sees nothing of it, and redeems nothing.
        Assert.Equal(404, (await shop.SeeAsync(page.Id)).Status);
        Assert.Equal(404, (await shop.VerifyAsync(page.Id, "000000")).Status);
        Assert.Equal(404, (await shop.DeleteAsync(page.Id)).Status);
        Assert.Equal(404, (await shop.RedeemAsync(page.Id, code.Split('.')[2])).Status);
        Assert.Equal(404, (await User.GetAsync($"me/challenges/{page.Id}")).Status);
        await TokensAsync(code);
    }
}
