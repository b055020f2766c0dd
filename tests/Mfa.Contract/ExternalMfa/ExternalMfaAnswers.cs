using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a browser brings back to Entra: how each way is called there, and that an answer is worth something once, and only what was asked.</summary>
public sealed class ExternalMfaAnswers(EntraLaptop shared) : ExternalMfaTest(shared)
{
    [Fact]
    public async Task A_texted_code_signs_in()
    {
        var request = Entra.Ask(User);
        using var page = await Shared.OpenAsync(request);
        var seen = await page.SeeAsync();
        Assert.Equal(("open", "text", "false"), (seen["state"], seen["how"], seen.Text("rememberBrowser") ?? "false"));
        Assert.Null(seen.Text("returnTo"));
        // Who Entra calls whom is no business of who holds the link.
        Assert.DoesNotContain(User.Oid, seen.Body!.ToJsonString(), StringComparison.Ordinal);
        var verified = await page.VerifyAsync(page.Id, await Phone.CodeAsync(2));
        var outcome = await Shared.BringAsync(verified);
        Assert.True(outcome.IsSignedIn, outcome.ToString());
        Assert.Equal(("sms", request, "possessionorinherence"), (outcome.Amr, outcome.Request, outcome.Claims!["acr"]!.ToString()));
        Assert.Equal(2, (await Phone.CodedAsync()).Count);
        var person = await Shared.SignInAsync(User);
        Assert.Contains("challenge-ended", (await person.GetAsync("me/activity?top=100")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString()));
    }

    [Fact]
    public async Task A_reply_signs_in()
    {
        using var page = await Shared.OpenAsync(User);
        await page.SeeAsync();
        await Phone.TextAsync(Laptop.Sender, await Phone.CodeAsync(2));
        await TakenAsync(await page.WaitForStateAsync("verified"), "sms");
    }

    [Fact]
    public async Task A_call_signs_in()
    {
        using var page = await Shared.OpenAsync(User);
        await page.SeeAsync();
        Assert.Equal(202, (await page.ContactAsync(page.Id, new() { ["how"] = "call" })).Status);
        await PressAsync("#");
        await TakenAsync(await page.WaitForStateAsync("verified"), "tel");
    }

    [Fact]
    public async Task An_authenticators_code_signs_in()
    {
        var (user, app) = await Shared.WithAppAsync();
        using var page = await Shared.OpenAsync(user);
        await page.SeeAsync();
        await TakenAsync(await page.VerifyAsync(page.Id, await app.CodeAsync(steps: 1)), "otp");
    }

    [Fact]
    public async Task A_notification_signs_in()
    {
        var user = EntraUser.New();
        using var device = new DeviceApp(Laptop.Url);
        await (await Shared.SignInAsync(user)).SetUpDeviceAsync(device);
        using var page = await Shared.OpenAsync(user);
        var seen = await page.SeeAsync();
        Assert.Equal(200, (await device.AnswerAsync(await device.RequestAsync(), "authenticate", seen.Text("verification.number"))).Status);
        await TakenAsync(await page.WaitForStateAsync("verified"), "swk");
    }

    [Theory]
    [InlineData("possession")]
    [InlineData("knowledgeorpossession")]
    [InlineData("knowledgeorpossessionorinherence")]
    public async Task The_acr_is_one_of_those_that_were_asked(string acr)
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, form: r => r["claims"] = EntraRequest.ClaimsOf([acr], ["sms", "tel"])));
        await page.SeeAsync();
        var outcome = await TakenAsync(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)), "sms");
        Assert.Equal(acr, outcome.Claims!["acr"]!.ToString());
    }

    [Fact]
    public async Task What_is_proved_in_a_way_that_was_not_asked_for_is_denied()
    {
        var (user, app) = await Shared.WithAppAsync();
        using var page = await Shared.OpenAsync(Entra.Ask(user, form: r => r["claims"] = EntraRequest.ClaimsOf(["possessionorinherence"], ["tel", "swk"])));
        Assert.Empty((await page.SeeAsync()).Body!["methods"]!.AsArray());
        var outcome = await Shared.BringAsync(await page.VerifyAsync(page.Id, await app.CodeAsync(steps: 1)));
        Assert.Equal(("access_denied", null), (outcome.Error, outcome.Fault));
    }

    [Fact]
    public async Task Without_a_state_none_comes_back()
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, form: r => r["state"] = null));
        await page.SeeAsync();
        var (challenge, answer) = Shared.Left(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)));
        Assert.Equal(["id_token"], (await Shared.AskAnswerAsync(challenge, answer)).Body!["fields"]!.AsObject().Select(f => f.Key));
    }

    [Theory]
    [InlineData("s&id_token=x\"><script>alert(1)</script>é%")]
    public async Task A_state_comes_back_as_it_was(string state)
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, form: r => r["state"] = state));
        await page.SeeAsync();
        await page.DeleteAsync(page.Id);
        var (challenge, answer) = Shared.Left(await page.SeeAsync());
        Assert.Equal(state, (await Shared.AskAnswerAsync(challenge, answer))["fields.state"]);
    }

    [Fact]
    public async Task An_answer_makes_one_token_however_often_it_is_asked()
    {
        using var page = await Shared.OpenAsync(User);
        await page.SeeAsync();
        var (challenge, answer) = Shared.Left(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)));
        var form = await Shared.AskAnswerAsync(challenge, answer);
        Assert.True((await Shared.BringFormAsync(form)).IsSignedIn);
        var again = await Shared.AskAnswerAsync(challenge, answer);
        Assert.Equal(410, again.Status);
        Assert.Null(again.Text("fields.id_token"));
        Assert.NotNull((await Shared.BringFormAsync(form)).Fault);
    }

    [Fact]
    public async Task An_answer_is_worth_nothing_for_another_challenge_and_neither_is_what_was_made_up()
    {
        var (other, _) = await Shared.WithPhoneAsync();
        using var theirs = await Shared.OpenAsync(other);
        using var page = await Shared.OpenAsync(User);
        await page.SeeAsync();
        var (challenge, answer) = Shared.Left(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)));
        foreach (var (id, wrong) in new[] { (theirs.Id, answer), (challenge, page.Ticket), (challenge, answer[..^1]), (challenge, answer + "A"), (challenge, ""), ("x", answer), (challenge[..^1] + (challenge[^1] == 'a' ? 'b' : 'a'), answer) })
        {
            var refused = await Shared.AskAnswerAsync(id, wrong);
            Assert.InRange(refused.Status, 400, 499);
            Assert.Null(refused.Text("fields.id_token"));
        }

        foreach (var body in new JsonNode[] { new JsonObject(), new JsonObject { ["answer"] = 7 }, new JsonArray() })
        {
            using var caller = new Caller(Laptop.Url, "none", "");
            Assert.Equal(400, (await caller.PostAsync($"/external-mfa/answers/{challenge}", body)).Status);
        }

        // And the right one still counts.
        Assert.True((await Shared.BringFormAsync(await Shared.AskAnswerAsync(challenge, answer))).IsSignedIn);
    }

    [Fact]
    public async Task A_relying_partys_challenge_has_no_answer_here_and_Entras_has_none_there()
    {
        using var shop = await Laptop.RelyingPartyAsync("shop", EntraUser.Contoso);
        using var page = await Shared.OpenAsync(User);
        await page.SeeAsync();
        var (challenge, answer) = Shared.Left(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)));
        Assert.Equal(404, (await shop.SeeAsync(challenge)).Status);
        Assert.Equal(404, (await shop.RedeemAsync(challenge, answer)).Status);
        using var entra = await Laptop.RelyingPartyAsync(FakeEntra.ClientId, EntraUser.Contoso);
        Assert.NotEqual(200, (await entra.RedeemAsync(challenge, answer)).Status);
        var usual = await shop.ChallengeAsync(User.Oid, new() { ["contact"] = false });
        Assert.Equal(201, usual.Status);
        Assert.InRange((await Shared.AskAnswerAsync(usual["id"], answer)).Status, 400, 499);
    }

    [Fact]
    public async Task A_way_that_Entra_does_not_take_is_not_offered()
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, form: r => r["claims"] = EntraRequest.ClaimsOf(["possession"], ["tel", "fido"])));
        var seen = await page.SeeAsync();
        Assert.Equal("call", seen["how"]);
        Assert.Equal(["call"], seen.Body!["methods"]!.AsArray().SelectMany(m => m!["hows"]!.AsArray()).Select(h => h!.ToString()).Distinct());
        BadInput.AssertProblem(await page.ContactAsync(page.Id, new() { ["how"] = "text" }), 400, "invalid-request");
        await PressAsync("#");
        await TakenAsync(await page.WaitForStateAsync(page.Id, "verified"), "tel");
    }

    private async Task<EntraOutcome> TakenAsync(Reply over, string amr)
    {
        var outcome = await Shared.BringAsync(over);
        Assert.True(outcome.IsSignedIn, outcome.ToString());
        Assert.Equal(amr, outcome.Amr);
        return outcome;
    }

    private async Task PressAsync(string keys)
    {
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync(keys);
    }
}
