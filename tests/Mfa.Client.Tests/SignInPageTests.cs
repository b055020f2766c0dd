using Xunit;

namespace Mfa.Client.Tests;

/// <summary>The second step on the service's own page, as a relying party sees it.</summary>
public sealed class SignInPageTests(Storage storage) : ShopTest(storage)
{
    [Fact]
    public async Task What_a_user_brings_back_is_redeemed_once_even_if_its_answer_is_lost()
    {
        await EnrollAsync();
        var challenge = await AskAsync(r => r with { Page = new(SignInVisit.ReturnTo, "s-1") });
        Assert.DoesNotContain(challenge.SignInUrl!.Fragment[1..], challenge.ToString(), StringComparison.Ordinal);
        using var page = SignInVisit.Of(Laptop.Url, challenge.SignInUrl.OriginalString, SignInVisit.NewWindow());
        Assert.Equal("wrong-answer", (await Shop.RedeemAsync(challenge.Id, "x")).Problem!.Code);
        var back = SignInVisit.Back(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)));
        Assert.Equal("s-1", back["state"]);
        var over = (await Shop.WaitAsync(challenge)).Challenge!;
        Assert.Equal((ChallengeState.Verified, null), (over.State, over.Assertion));

        var asked = 0;
        Front.Done = r => Task.FromResult(r.Path.EndsWith("/answer", StringComparison.Ordinal) && Interlocked.Increment(ref asked) == 1 ? Pass.LoseAnswer : Pass.Through);
        var done = (await Shop.RedeemAsync(challenge.Id, back["answer"])).Challenge!;
        Assert.Equal(2, asked);
        Assert.True((await Shop.ValidateAssertionAsync(done.Assertion!, User.Id, "n")).Counts);
        Assert.Equal((410, "answer-used"), (await Shop.RedeemAsync(challenge.Id, back["answer"])).Problem is { } used ? (used.Status, used.Code) : default);
    }

    [Fact]
    public async Task A_browser_that_comes_twice_is_served_twice_under_its_own_key()
    {
        await EnrollAsync();
        var challenge = await AskAsync(r => r with { Page = new(SignInVisit.ReturnTo) });
        using var page = SignInVisit.Of(Laptop.Url, challenge.SignInUrl!.OriginalString, SignInVisit.NewWindow());
        var answer = SignInVisit.Back(await page.VerifyAsync(page.Id, await Phone.CodeAsync(2)))["answer"];
        Assert.NotNull((await Shop.RedeemAsync(challenge.Id, answer, "session-1")).Challenge!.Assertion);
        Assert.NotNull((await Shop.RedeemAsync(challenge.Id, answer, "session-1")).Challenge!.Assertion);
        Assert.Equal("answer-used", (await Shop.RedeemAsync(challenge.Id, answer, "session-2")).Problem!.Code);
    }

    [Fact]
    public async Task An_address_that_is_not_set_for_the_shop_is_refused_by_name()
    {
        var problem = (await Shop.ChallengeAsync(new(User.Id, "The Shop") { Page = new("https://evil.example/back") })).Problem!;
        Assert.Equal((400, "page.returnTo"), (problem.Status, Assert.Single(problem.Errors).Key));
    }
}
