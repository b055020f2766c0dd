using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Sign-ins whose way fails, each with its reason: the challenge stays open for another way, unless the user or a guesser ended it.</summary>
public sealed class SignInFailures(SignInLaptop shared) : SignInTest(shared)
{
    [Theory]
    [InlineData("no-answer", "no-answer")]
    [InlineData("busy", "busy")]
    [InlineData("decline", "declined")]
    [InlineData("voicemail", "no-key")]
    public async Task A_call_that_proves_nothing_leaves_another_way(string habit, string reason)
    {
        await Phone.HabitAsync(calls: habit);
        var id = (await ChallengeAsync(By("call")))["id"];
        var failed = await Shop.WaitForVerificationAsync(id, "failed");
        Assert.Equal(("open", reason, habit == "voicemail" ? "1" : "3"), (failed["state"], failed["verification.reason"], failed["verification.attempt"]));
        Assert.Null(failed.Text("reason"));

        Assert.Equal(202, (await Shop.ContactAsync(id, By("text"))).Status);
        Assert.Equal("verified", (await Shop.VerifyAsync(id, await CodeAsync()))["state"]);
    }

    [Fact]
    public async Task Wrong_keys_or_hanging_up_fail_the_call()
    {
        var id = (await ChallengeAsync(By("call")))["id"];
        await PressAsync("5");
        await Phone.SaysAsync("not recognized");
        await Phone.HangUpAsync();
        var failed = await Shop.WaitForVerificationAsync(id, "failed");
        Assert.Equal(("open", "wrong-key"), (failed["state"], failed["verification.reason"]));
    }

    [Fact]
    public async Task The_fifth_wrong_code_ends_it_and_the_right_one_comes_too_late()
    {
        var id = (await ChallengeAsync())["id"];
        var code = await CodeAsync();
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            var answer = await Shop.VerifyAsync(id, Failures.Wrong(code));
            Assert.Equal((422, "wrong-code", $"{5 - wrong}"), (answer.Status, answer.Code, answer["triesLeft"]));
        }

        BadInput.AssertProblem(await Shop.VerifyAsync(id, code), 410, "verification-over");
        await Phone.TextAsync(Laptop.Sender, code);
        var failed = await Shop.SeeAsync(id);
        Assert.Equal(("failed", "too-many-codes"), (failed["state"], failed["reason"]));
        BadInput.AssertProblem(await Shop.ContactAsync(id, By("call")), 410, "challenge-over");
    }

    [Fact]
    public async Task Whoever_guesses_at_a_verified_one_has_five_tries_and_gets_no_assertion()
    {
        var id = (await ChallengeAsync())["id"];
        var code = await CodeAsync();
        Assert.NotNull((await Shop.VerifyAsync(id, code)).Text("assertion"));
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            BadInput.AssertProblem(await Shop.VerifyAsync(id, Failures.Wrong(code)), 410, "verification-over");
        }

        BadInput.AssertProblem(await Shop.VerifyAsync(id, code), 410, "verification-over");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_is_remembered_by_the_code_that_was_right_and_not_by_a_wrong_one(bool remember)
    {
        var id = (await ChallengeAsync())["id"];
        var code = await CodeAsync();
        BadInput.AssertProblem(await TypeAsync(Failures.Wrong(code), !remember), 422, "wrong-code");
        var verified = await TypeAsync(code, remember);
        Assert.Equal(("verified", remember), (verified["state"], verified.Text("rememberedBrowser") is not null));

        Task<Reply> TypeAsync(string typed, bool asked) => Shop.PostAsync($"challenges/{id}/verify", new JsonObject { ["code"] = typed, ["rememberBrowser"] = asked });
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("fail")]
    public async Task A_number_that_can_not_be_reached_leaves_another_way(string habit)
    {
        await Phone.HabitAsync(texts: habit);
        var id = (await ChallengeAsync())["id"];
        var failed = await Shop.WaitForVerificationAsync(id, "failed");
        Assert.Equal(("open", "undeliverable"), (failed["state"], failed["verification.reason"]));
        Assert.Equal(202, (await Shop.ContactAsync(id, By("call"))).Status);
        await PressAsync("#");
        await Shop.WaitForStateAsync(id, "verified");
    }

    [Fact]
    public async Task A_number_that_wants_no_texts_is_offered_a_call()
    {
        await Phone.TextAsync(Laptop.Sender, "STOP");
        var opened = await Handset.UntilAsync(() => Shop.ChallengeAsync(User.Id), r => r.Text("verification.reason") == "opted-out" || r.Status == 429, "opted-out number");
        Assert.Equal(("open", "failed", "opted-out", "call"), (opened["state"], opened["verification.state"], opened["verification.reason"], opened["verification.offer"]));
        Assert.Equal(202, (await Shop.ContactAsync(opened["id"], By("call"))).Status);
        await PressAsync("#");
        await Shop.WaitForStateAsync(opened["id"], "verified");
    }

    [Fact]
    public async Task A_carrier_that_is_back_in_time_gets_the_text_once_and_one_that_stays_away_fails_it()
    {
        Laptop.Carrier.Down = true;
        try
        {
            var opened = await ChallengeAsync();
            Assert.Equal(("open", "delivering", "carrier-down"), (opened["state"], opened["verification.state"], opened["verification.reason"]));
            Laptop.Carrier.Down = false;
            Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], await CodeAsync()))["state"]);
            Assert.Equal(2, (await Phone.TextsAsync()).Count);

            Laptop.Carrier.Decide = _ => Task.FromResult(Pass.Refuse);
            var id = (await ChallengeAsync(By("call")))["id"];
            var failed = await Shop.WaitForVerificationAsync(id, "failed");
            Assert.Equal(("open", "carrier-down"), (failed["state"], failed["verification.reason"]));
        }
        finally
        {
            (Laptop.Carrier.Down, Laptop.Carrier.Decide) = (false, null);
        }
    }

    [Fact]
    public async Task One_that_is_called_off_while_the_phone_rings_is_hung_up_and_over()
    {
        var id = (await ChallengeAsync(By("call")))["id"];
        await Phone.RingsAsync();
        Assert.Equal(204, (await Shop.DeleteAsync(id)).Status);
        await Phone.EndsAsync();
        var seen = await Shop.SeeAsync(id);
        Assert.Equal(("cancelled", "cancelled"), (seen["state"], seen["verification.state"]));
        BadInput.AssertProblem(await Shop.VerifyAsync(id, "123456"), 410, "verification-over");
        BadInput.AssertProblem(await Shop.ContactAsync(id), 410, "challenge-over");
        Assert.Equal(204, (await Shop.DeleteAsync(id)).Status);
    }
}
