using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Signing in on the service's own page, as its three parties see it over HTTP: the relying party, the page, and the user's phone.</summary>
public sealed class SignInPages(SignInLaptop shared) : SignInTest(shared)
{
    [Fact]
    public async Task A_texted_code_signs_in_on_the_page_and_who_comes_back_with_the_answer_gets_the_assertion()
    {
        var opened = await OpenAsync(new() { ["application"] = "The shop", ["place"] = "Delft", ["ip"] = "192.0.2.7", ["nonce"] = "n-1", ["culture"] = "nl-NL" }, new() { ["returnTo"] = SignInVisit.ReturnTo, ["state"] = "s-1" });
        Assert.StartsWith($"{Laptop.Url}/sign-in/{opened["id"]}#", opened["signInUrl"], StringComparison.Ordinal);
        using var page = SignInVisit.Of(Laptop.Url, opened);
        var seen = await page.SeeAsync();
        Assert.Equal((200, "open", "The shop", "Delft", "192.0.2.7"), (seen.Status, seen["state"], seen["application"], seen["place"], seen["ip"]));
        Assert.Equal(("Contoso", "nl-NL", "false", "text"), (seen["company"], seen["culture"], seen["rememberBrowser"], seen["how"]));
        Assert.EndsWith("••" + Phone.Number[^2..], seen.Body!["methods"]![0]!["label"]!.ToString(), StringComparison.Ordinal);
        Assert.All(new[] { "user", "userName", "assertion", "rememberedBrowser", "signInUrl", "returnTo", "context", "nonce" }, name => Assert.Null(seen.Body[name]));

        var code = await CodeAsync();
        Assert.Equal("4", (await page.VerifyAsync(page.Id, Failures.Wrong(code)))["triesLeft"]);
        var verified = await page.VerifyAsync(page.Id, code);
        Assert.Equal((200, "verified"), (verified.Status, verified["state"]));
        Assert.StartsWith(SignInVisit.ReturnTo + "?", verified["returnTo"], StringComparison.Ordinal);
        var back = SignInVisit.Back(verified);
        Assert.Equal(["answer", "iss", "state"], back.Keys.Order());
        Assert.Equal(("s-1", Laptop.Url), (back["state"], back["iss"]));

        // The relying party learns that it is over, and nothing to sign anybody in with.
        foreach (var told in new[] { await Shop.SeeAsync(opened["id"]), await Shop.VerifyAsync(opened["id"], code), verified })
        {
            Assert.Equal(("verified", null), (told["state"], told.Text("assertion")));
        }

        var redeemed = await Shop.RedeemAsync(opened["id"], back["answer"]);
        Assert.Equal((200, "verified", User.Id), (redeemed.Status, redeemed["state"], redeemed["user"]));
        var assertion = new JsonWebToken(redeemed["assertion"]);
        Assert.Equal((User.Id, "n-1", opened["id"]), (assertion.Subject, assertion.GetClaim("nonce").Value, assertion.Id));
        Assert.Null((await Shop.SeeAsync(opened["id"])).Text("assertion"));
        Assert.Equal("expired", SignInVisit.Back(await page.SeeAsync())["error"]);
    }

    [Fact]
    public async Task A_call_is_looked_after_by_the_page_and_another_way_is_gone_there()
    {
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync());
        await page.SeeAsync();
        var called = await page.ContactAsync(page.Id, By("call"), ("Idempotency-Key", "k"));
        Assert.Equal((202, "call"), (called.Status, called["how"]));
        Assert.Equal(called["verification.id"], (await page.ContactAsync(page.Id, By("call"), ("Idempotency-Key", "k")))["verification.id"]);
        BadInput.AssertProblem(await page.ContactAsync(page.Id, By("text"), ("Idempotency-Key", "k")), 422, "idempotency-key-reused");
        await PressAsync("#");
        var answer = SignInVisit.Back(await page.WaitForStateAsync("verified"))["answer"];
        Assert.Equal("tel", new JsonWebToken((await Shop.RedeemAsync(page.Id, answer))["assertion"]).Claims.Last(c => c.Type == "amr").Value);
    }

    [Fact]
    public async Task What_is_agreed_to_stands_on_the_page_and_in_the_assertion()
    {
        var context = new JsonObject { ["title"] = "Pay", ["details"] = new JsonArray(new JsonObject { ["label"] = "amount", ["value"] = "€ 50 <b>" }) };
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync(new() { ["context"] = context }));
        var seen = await page.SeeAsync();
        Assert.Equal(context.ToJsonString(), seen.Body!["context"]!.ToJsonString());
        await page.VerifyAsync(page.Id, await CodeAsync());
        Assert.NotNull(new JsonWebToken((await Shop.RedeemAsync(page.Id, await page.AnswerAsync()))["assertion"]).GetClaim("ctx"));
    }

    [Fact]
    public async Task A_browser_is_remembered_by_a_tick_on_the_page_and_its_token_goes_to_the_relying_party_alone()
    {
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync());
        Assert.Equal("true", (await page.TickAsync(true))["rememberBrowser"]);
        var verified = await page.VerifyAsync(page.Id, await CodeAsync());
        Assert.Null(verified.Text("rememberedBrowser"));
        Assert.Null((await Shop.SeeAsync(page.Id)).Text("rememberedBrowser"));
        var browser = (await Shop.RedeemAsync(page.Id, SignInVisit.Back(verified)["answer"]))["rememberedBrowser"];

        // Nothing is asked of the user then: the assertion is there at once, and so is the page for who goes there all the same.
        var next = await OpenAsync(new() { ["rememberedBrowser"] = browser });
        Assert.Equal(("satisfied", "remembered-browser"), (next["state"], next["by"]));
        Assert.Equal("urn:mfa:remembered", new JsonWebToken(next["assertion"]).GetClaim("acr").Value);
        Assert.NotEqual(browser, next["rememberedBrowser"]);
        using var again = SignInVisit.Of(Laptop.Url, next);
        Assert.Equal(200, (await Shop.RedeemAsync(again.Id, await again.AnswerAsync())).Status);
        using var asked = SignInVisit.Of(Laptop.Url, await OpenAsync(new() { ["rememberBrowser"] = true }));
        Assert.Equal("true", (await asked.SeeAsync())["rememberBrowser"]);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, null, true)]
    public async Task What_the_user_says_of_the_browser_last_holds_for_a_call_too(bool asked, bool? ticked, bool remembered)
    {
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync(new() { ["rememberBrowser"] = asked, ["how"] = "call" }));
        await page.SeeAsync();
        if (ticked is { } yes)
        {
            // While the phone rings: the call goes on.
            var told = await page.TickAsync(yes);
            Assert.Equal((200, $"{yes}".ToLowerInvariant(), "open"), (told.Status, told["rememberBrowser"], told["state"]));
            Assert.Equal(told["version"], (await page.TickAsync(yes))["version"]);
        }

        await PressAsync("#");
        var answer = SignInVisit.Back(await page.WaitForStateAsync("verified"))["answer"];
        Assert.Equal(remembered, (await Shop.RedeemAsync(page.Id, answer)).Text("rememberedBrowser") is not null);
    }

    [Fact]
    public async Task Only_the_window_that_has_it_says_so_in_its_time_and_plainly()
    {
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync(new() { ["contact"] = false }));
        using var other = SignInVisit.Of(Laptop.Url, (await Shop.SeeAsync(page.Id))["signInUrl"], SignInVisit.NewWindow());
        await page.SeeAsync();
        Assert.Equal(404, (await other.TickAsync(true)).Status);
        Assert.Equal("false", (await page.SeeAsync())["rememberBrowser"]);
        foreach (var body in new JsonNode[] { new JsonObject(), new JsonObject { ["rememberBrowser"] = "yes" }, new JsonObject { ["rememberBrowser"] = null } })
        {
            var refused = await page.PatchAsync(body);
            BadInput.AssertProblem(refused, 400, "invalid-request");
            Assert.NotNull(refused.Body!["errors"]!["rememberBrowser"]);
        }

        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(200, (await page.TickAsync(i % 2 == 1)).Status);
        }

        BadInput.AssertProblem(await page.TickAsync(true), 429, "limit");
        Assert.Equal(200, (await page.TickAsync(false)).Status);
        await page.DeleteAsync(page.Id);
        BadInput.AssertProblem(await page.TickAsync(true), 410, "challenge-over");
    }

    [Fact]
    public async Task Whatever_ends_it_leads_back_and_says_so()
    {
        using var off = SignInVisit.Of(Laptop.Url, await OpenAsync(By("call")));
        await Phone.RingsAsync();
        Assert.Equal(204, (await off.DeleteAsync(off.Id)).Status);
        await Phone.EndsAsync();
        Assert.Equal(("cancelled", "cancelled"), ((await Shop.SeeAsync(off.Id))["state"], SignInVisit.Back(await off.SeeAsync())["error"]));
        BadInput.AssertProblem(await off.ContactAsync(off.Id), 410, "challenge-over");

        using var guessed = SignInVisit.Of(Laptop.Url, await OpenAsync(By("text")));
        var wrong = Failures.Wrong(await CodeAsync());
        for (var i = 0; i < 5; i++)
        {
            BadInput.AssertProblem(await guessed.VerifyAsync(guessed.Id, wrong), 422, "wrong-code");
        }

        var failed = await guessed.SeeAsync();
        Assert.Equal(("failed", "too-many-codes", "failed"), (failed["state"], failed["reason"], SignInVisit.Back(failed)["error"]));
        Assert.Null(failed.Text("rememberBrowser"));
    }

    [Theory]
    [InlineData("s&answer=x&error=no#top y+é%\\\"/")]
    [InlineData("")]
    public async Task The_state_comes_back_as_it_was_and_a_query_that_was_there_stays(string state)
    {
        using var page = SignInVisit.Of(Laptop.Url, await OpenAsync(new() { ["contact"] = false }, new() { ["returnTo"] = SignInVisit.ReturnToInDutch, ["state"] = state }));
        await page.DeleteAsync(page.Id);
        var over = await page.SeeAsync();
        Assert.StartsWith(SignInVisit.ReturnToInDutch + "&", over["returnTo"], StringComparison.Ordinal);
        Assert.All(over["returnTo"], c => Assert.InRange(c, '!', '~'));
        var back = SignInVisit.Back(over);
        Assert.Equal(["error", "iss", "state", "taal", "van"], back.Keys.Order());
        Assert.Equal((state, "cancelled", "nl"), (back["state"], back["error"], back["taal"]));
    }

    [Fact]
    public async Task A_repeated_request_has_the_same_link_and_another_page_is_another_request()
    {
        var key = ("Idempotency-Key", Person.NewName());
        var first = await Shop.OnPageAsync(User.Id, null, null, key);
        Assert.Equal((201, first["signInUrl"]), (first.Status, (await Shop.OnPageAsync(User.Id, null, null, key))["signInUrl"]));
        Assert.Equal(first["signInUrl"], (await Shop.SeeAsync(first["id"]))["signInUrl"]);
        BadInput.AssertProblem(await Shop.OnPageAsync(User.Id, null, new() { ["returnTo"] = SignInVisit.ReturnTo, ["state"] = "s" }, key), 422, "idempotency-key-reused");
        BadInput.AssertProblem(await Shop.OnPageAsync(User.Id, null, new() { ["returnTo"] = SignInVisit.ReturnToInDutch }, key), 422, "idempotency-key-reused");
        BadInput.AssertProblem(await Shop.ChallengeAsync(User.Id, null, key), 422, "idempotency-key-reused");
        using var page = SignInVisit.Of(Laptop.Url, first);
        await page.VerifyAsync(page.Id, await CodeAsync());
        Assert.Null((await Shop.OnPageAsync(User.Id, null, null, key)).Text("assertion"));
        Assert.Equal(2, (await Phone.CodedAsync()).Count);
    }

    [Theory]
    [InlineData("https://shop.example/back/")]
    [InlineData("https://shop.example/Back")]
    [InlineData("https://shop.example/back?x=1")]
    [InlineData("https://shop.example/back#x")]
    [InlineData("https://shop.example")]
    [InlineData("https://bank.example/back")]
    [InlineData("https://shop.example/back\\@evil.example")]
    [InlineData("//shop.example/back")]
    [InlineData(" https://shop.example/back")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task It_leads_back_to_what_is_set_for_the_client_and_nowhere_else(string returnTo)
    {
        var refused = await Shop.OnPageAsync(User.Id, null, new() { ["returnTo"] = returnTo });
        BadInput.AssertProblem(refused, 400, "invalid-request");
        Assert.NotNull(refused.Body!["errors"]!["page.returnTo"]);
    }

    [Fact]
    public async Task A_page_is_for_relying_parties_and_its_fields_are_checked()
    {
        BadInput.AssertProblem(await User.PostAsync("me/challenges", new JsonObject { ["page"] = new JsonObject { ["returnTo"] = SignInVisit.ReturnTo } }), 400, "invalid-request");
        foreach (var page in new JsonNode[] { new JsonObject(), JsonValue.Create("https://shop.example/back"), new JsonObject { ["returnTo"] = SignInVisit.ReturnTo, ["state"] = "a\r\nSet-Cookie: b" }, new JsonObject { ["returnTo"] = SignInVisit.ReturnTo, ["state"] = new string('s', 513) } })
        {
            BadInput.AssertProblem(await Shop.ChallengeAsync(User.Id, new() { ["page"] = page }), 400, "invalid-request");
        }

        using var bank = await Laptop.RelyingPartyAsync("bank2");
        BadInput.AssertProblem(await bank.OnPageAsync(User.Id), 400, "invalid-request");
        Assert.Empty((await Phone.CodedAsync()).Skip(1));
    }

    private async Task<Reply> OpenAsync(JsonObject? asked = null, JsonObject? page = null)
    {
        var opened = await Shop.OnPageAsync(User.Id, asked, page);
        Assert.True(opened.Status == 201, opened.ToString());
        return opened;
    }
}
