using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>What the answer of the sign-in page is worth: to whom, how often, how long.</summary>
public sealed class SignInAnswers(Storage storage) : LaptopTest(storage)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private RelyingParty _shop = null!;
    private Authenticator _app = null!;
    private int _step;

    protected override Dictionary<string, string?> Settings => new(SignInVisit.Settings) { ["Local:ClockRuns"] = "false", ["Policy:RememberBrowsers"] = "true" };

    protected override TimeProvider Time => _time;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _shop = await Laptop.RelyingPartyAsync();
        (_app, _) = await User.SetUpAppAsync(_time);
    }

    [Fact]
    public async Task It_serves_once_and_the_same_request_again_has_the_same()
    {
        var (id, answer) = await ProvedAsync();
        var key = ("Idempotency-Key", "k-1");
        // The row has its save, and its answer is lost on the way.
        var first = (await _shop.RedeemAsync(id, answer, key))["assertion"];
        Assert.Equal(first.Split('.')[1], (await _shop.RedeemAsync(id, answer, key))["assertion"].Split('.')[1]);
        BadInput.AssertProblem(await _shop.RedeemAsync(id, answer), 410, "answer-used");
        BadInput.AssertProblem(await _shop.RedeemAsync(id, answer, ("Idempotency-Key", "k-2")), 410, "answer-used");

        (id, answer) = await ProvedAsync();
        Assert.Equal(200, (await _shop.RedeemAsync(id, answer)).Status);
        BadInput.AssertProblem(await _shop.RedeemAsync(id, answer), 410, "answer-used");
        BadInput.AssertProblem(await _shop.RedeemAsync(id, answer, key), 410, "answer-used");
    }

    [Fact]
    public async Task Of_many_at_once_one_is_served()
    {
        var (id, answer) = await ProvedAsync();
        var other = await Laptop.AddHeadAsync(_time);
        using var elsewhere = _shop.At(other.Url.ToString());
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? _shop : elsewhere).RedeemAsync(id, answer, ("Idempotency-Key", $"k-{i}"))));
        Assert.Equal([200, .. Enumerable.Repeat(410, 9)], all.Select(r => r.Status).Order());
    }

    [Fact]
    public async Task It_is_worth_something_to_who_asked_alone_and_with_its_own_challenge()
    {
        var (id, answer) = await ProvedAsync();
        var (another, itsAnswer) = await ProvedAsync();
        using var bank = await Laptop.RelyingPartyAsync("bank");
        using var elsewhere = await Laptop.RelyingPartyAsync("shop", "fabrikam");
        foreach (var stranger in new[] { bank, elsewhere })
        {
            BadInput.AssertProblem(await stranger.RedeemAsync(id, answer), 404, "not-found");
        }

        foreach (var wrong in new[] { itsAnswer, answer[..^1], answer + "A", answer.ToLowerInvariant(), "x" })
        {
            BadInput.AssertProblem(await _shop.RedeemAsync(id, wrong), 422, "wrong-answer");
        }

        foreach (var body in new JsonNode[] { new JsonObject(), new JsonObject { ["answer"] = 7 }, new JsonObject { ["answer"] = new string('a', 101) } })
        {
            BadInput.AssertProblem(await _shop.PostAsync($"challenges/{id}/answer", body), 400, "invalid-request");
        }

        var usual = (await _shop.ChallengeAsync(User.Id))["id"];
        BadInput.AssertProblem(await _shop.RedeemAsync(usual, answer), 422, "wrong-answer");
        Assert.Equal((200, 200), ((await _shop.RedeemAsync(id, answer)).Status, (await _shop.RedeemAsync(another, itsAnswer)).Status));
    }

    [Fact]
    public async Task Nothing_is_an_answer_before_the_proof_and_five_minutes_after_it()
    {
        using var page = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        // The ticket is none, and the page of an open challenge has none.
        BadInput.AssertProblem(await _shop.RedeemAsync(page.Id, page.Ticket), 422, "wrong-answer");
        BadInput.AssertProblem(await _shop.RedeemAsync(page.Id, page.Ticket[1..]), 422, "wrong-answer");
        Assert.Null((await page.SeeAsync()).Text("returnTo"));
        await page.VerifyAsync(page.Id, await CodeAsync());
        var answer = await page.AnswerAsync();
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(answer, await page.AnswerAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        BadInput.AssertProblem(await _shop.RedeemAsync(page.Id, answer), 410, "answer-over");
        Assert.Equal("expired", SignInVisit.Back(await page.SeeAsync())["error"]);

        var (id, served) = await ProvedAsync();
        await _shop.RedeemAsync(id, served, ("Idempotency-Key", "k"));
        _time.Advance(TimeSpan.FromMinutes(5));
        BadInput.AssertProblem(await _shop.RedeemAsync(id, served, ("Idempotency-Key", "k")), 410, "answer-over");
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    public async Task After_an_admins_act_it_proves_nothing_and_an_open_page_is_over(string act)
    {
        using var open = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        using var proved = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        await proved.VerifyAsync(proved.Id, await CodeAsync());
        var answer = await proved.AnswerAsync();
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{User.Id}/{act}", new JsonObject())).Status);
        BadInput.AssertProblem(await _shop.RedeemAsync(proved.Id, answer), 410, "answer-over");
        Assert.Equal("expired", SignInVisit.Back(await proved.SeeAsync())["error"]);
        Assert.Equal("cancelled", SignInVisit.Back(await open.SeeAsync())["error"]);
        BadInput.AssertProblem(await open.VerifyAsync(open.Id, await CodeAsync()), 410, "verification-over");
    }

    [Fact]
    public async Task Who_need_not_has_the_assertion_at_once_and_the_page_leads_back_all_the_same()
    {
        using var other = await Laptop.SignInAsync();
        Assert.Equal(200, (await other.GetAsync("me")).Status);
        var opened = await _shop.OnPageAsync(other.Id);
        Assert.Equal((201, "satisfied", "not-required"), (opened.Status, opened["state"], opened["by"]));
        Assert.NotNull(opened.Text("assertion"));
        using var page = SignInVisit.Of(Laptop.Url, opened);
        Assert.Null((await page.SeeAsync()).Text("culture"));
        Assert.Equal(200, (await other.SendAsync("PATCH", "me", new() { ["culture"] = "nl-NL" })).Status);
        using var dutch = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(other.Id));
        Assert.Equal("nl-NL", (await dutch.SeeAsync())["culture"]);
        Assert.NotNull((await _shop.RedeemAsync(page.Id, await page.AnswerAsync())).Text("assertion"));
    }

    [Fact]
    public async Task An_open_page_is_over_with_its_challenges_time()
    {
        using var page = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        _time.Advance(TimeSpan.FromMinutes(10));
        var over = await page.SeeAsync();
        Assert.Equal(("expired", "expired"), (over["state"], SignInVisit.Back(over)["error"]));
    }

    private async Task<(string Id, string Answer)> ProvedAsync()
    {
        using var page = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        var verified = await page.VerifyAsync(page.Id, await CodeAsync());
        Assert.True(verified.Status == 200, verified.ToString());
        return (page.Id, SignInVisit.Back(verified)["answer"]);
    }

    // Each time step serves once.
    private Task<string> CodeAsync()
    {
        if (_step++ > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        return _app.CodeAsync(steps: 1, at: _time.GetUtcNow());
    }
}
