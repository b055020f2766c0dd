using Xunit;

namespace Mfa.Client.Tests;

/// <summary>The second step of a sign-in, as a relying party sees it.</summary>
public sealed class ChallengeTests(Storage storage) : ShopTest(storage)
{
    [Fact]
    public async Task A_texted_code_verifies_and_the_assertion_counts_for_the_shop()
    {
        await EnrollAsync();
        var challenge = await AskAsync();
        Assert.Equal((ChallengeState.Open, User.Id, "authenticationPhone", "text"), (challenge.State, challenge.User, challenge.Method, challenge.How));
        Assert.Equal(challenge.MethodId, Only(challenge).Id);
        Assert.EndsWith("••" + Phone.Number[^2..], Only(challenge).Label, StringComparison.Ordinal);

        var wrong = (await Shop.VerifyCodeAsync(challenge, "000000")).Problem!;
        Assert.Equal((422, "wrong-code", 4), (wrong.Status, wrong.Code, wrong.TriesLeft));
        var done = (await Shop.VerifyCodeAsync(challenge, await Phone.CodeAsync(2))).Challenge!;
        Assert.Equal((ChallengeState.Verified, true), (done.State, done.IsOver));

        var check = await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n", 0);
        Assert.True(check.Counts, $"{check.Fault}");
        Assert.Equal("mfa sms", string.Join(' ', check.Assertion.Amr));
        Assert.Equal(AssertionFault.WrongNonce, (await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "m")).Fault);
        Assert.Equal(AssertionFault.OlderEpoch, (await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n", check.Assertion.Epoch + 1)).Fault);
        Assert.Equal(AssertionFault.WrongAudience, (await NewShop(o => o.ClientId = "bank").ValidateAssertionAsync(done.Assertion!, User.Id, "n")).Fault);

        // However often it is read, it says the same.
        var again = (await Shop.ReadAsync(challenge.Id)).Challenge!;
        Assert.Equal(done.Assertion!.Split('.')[1], again.Assertion!.Split('.')[1]);
        using var jose = await Jose.StartAsync(Front.Url, Laptop.Url, "shop");
        Assert.Equal(User.Id, (await jose.ReadAsync(again.Assertion))["payload"]!["sub"]!.ToString());
    }

    [Fact]
    public async Task Whoever_waits_hears_of_the_key_that_was_pressed_even_if_the_service_was_away_meanwhile()
    {
        await EnrollAsync("call");
        var challenge = await AskAsync();
        Assert.Equal("call", challenge.How);
        var waiting = NewShop(o => o.Retries = 0).WaitAsync(challenge);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        // The question that is under way gets no answer, and the next one is cut, whichever comes.
        var lost = 0;
        Task<Pass> Away(Pass pass) => Task.FromResult(Interlocked.Increment(ref lost) > 0 ? pass : Pass.Through);
        (Front.Decide, Front.Done) = (_ => Away(Pass.Cut), _ => Away(Pass.LoseAnswer));
        await Phone.PressAsync("#");
        await Phone.EndsAsync();
        await Handset.UntilAsync(() => Task.FromResult(lost), n => n > 0, "answer that is lost");
        (Front.Decide, Front.Done) = (null, null);
        var done = (await waiting.WaitAsync(TimeSpan.FromSeconds(60))).Challenge!;
        Assert.Equal(ChallengeState.Verified, done.State);
        Assert.Equal("mfa tel", string.Join(' ', (await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n")).Assertion!.Amr));
    }

    [Fact]
    public async Task A_wait_that_is_over_says_where_it_stands()
    {
        await EnrollAsync();
        var stands = (await Shop.WaitAsync(await AskAsync(), TimeSpan.FromSeconds(1))).Challenge!;
        Assert.Equal(ChallengeState.Open, stands.State);
    }

    [Fact]
    public async Task Another_way_is_gone_and_a_challenge_called_off()
    {
        await EnrollAsync();
        var challenge = await AskAsync(r => r with { Contact = false });
        Assert.Single(await Phone.TextsAsync());
        var called = (await Shop.ContactAsync(challenge, Only(challenge).Id, "call")).Challenge!;
        Assert.Equal("call", called.How);
        await Phone.RingsAsync();
        Assert.Null(await Shop.CancelAsync(called));
        await Phone.EndsAsync();
        Assert.Equal(ChallengeState.Cancelled, (await Shop.WaitAsync(called)).Challenge!.State);
        Assert.Equal("not-found", (await Shop.ReadAsync("nothing")).Problem!.Code);
    }

    [Fact]
    public async Task What_the_user_agreed_to_comes_back_signed()
    {
        await EnrollAsync();
        var payment = new MfaContext("Payment \"now\"", [new("Amount", "€ 120.00"), new("To", "Zoë \\ 😀")]);
        var challenge = await AskAsync(r => r with { Context = payment });
        var done = (await Shop.VerifyCodeAsync(challenge, await Phone.CodeAsync(2))).Challenge!;
        Assert.True((await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n", expectedContext: payment)).Counts);
        Assert.Equal(AssertionFault.WrongContext, (await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n", expectedContext: payment with { Title = "Refund" })).Fault);
        Assert.Equal(AssertionFault.WrongContext, (await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n")).Fault);
    }

    [Fact]
    public async Task A_remembered_browser_is_not_asked_and_the_assertion_says_so()
    {
        await EnrollAsync();
        var first = (await Shop.VerifyCodeAsync(await AskAsync(r => r with { RememberBrowser = true }), await Phone.CodeAsync(2))).Challenge!;
        var second = await AskAsync(r => r with { RememberedBrowser = first.RememberedBrowser });
        Assert.Equal((ChallengeState.Satisfied, "remembered-browser"), (second.State, second.By));
        Assert.NotEqual(first.RememberedBrowser, second.RememberedBrowser);
        var check = await Shop.ValidateAssertionAsync(second.Assertion!, User.Id, "n");
        Assert.True(check.Counts, $"{check.Fault}");
        Assert.False(check.Assertion.IsFresh);
    }

    [Fact]
    public async Task A_user_who_has_to_set_something_up_first_is_sent_there()
    {
        var problem = (await Shop.ChallengeAsync(new("bob", "The Shop"))).Problem!;
        Assert.Equal((409, "enrollment-required"), (problem.Status, problem.Code));
        Assert.StartsWith(Laptop.Url, problem.EnrollUrl!.ToString(), StringComparison.Ordinal);
        var bad = (await Shop.ChallengeAsync(new("", "The Shop"))).Problem!;
        Assert.Equal((400, "user"), (bad.Status, Assert.Single(bad.Errors).Key));
    }

    [Fact]
    public async Task A_user_is_asked_for_by_name()
    {
        await EnrollAsync();
        using var admin = await Admin.SignInAsync(Laptop);
        var name = Person.NewName();
        Assert.Equal(200, (await admin.SendAsync("PATCH", $"admin/users/{User.Id}", new() { ["userName"] = name })).Status);
        var asked = (await Shop.ChallengeAsync(ChallengeRequest.ByName(name.ToUpperInvariant(), "The Shop") with { Nonce = "n" })).Challenge!;
        Assert.Equal((User.Id, null), (asked.User, asked.UserName));
        var both = (await Shop.ChallengeAsync(new("bob", "The Shop") { UserName = name })).Problem!;
        Assert.Equal((400, "userName"), (both.Status, Assert.Single(both.Errors).Key));
    }
}
