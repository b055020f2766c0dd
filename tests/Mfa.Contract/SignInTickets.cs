using Xunit;

namespace Mfa.Contract;

/// <summary>What the link to the sign-in page is worth, and what its requests cost.</summary>
public sealed class SignInTickets(Storage storage) : BudgetTest(storage)
{
    private RelyingParty _shop = null!;

    protected override Dictionary<string, string?> Settings => new(base.Settings.Concat(SignInVisit.Settings)) { ["Policy:RememberBrowsers"] = "true" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _shop = await Laptop.RelyingPartyAsync();
    }

    [Fact]
    public async Task A_ticket_opens_its_own_challenge_and_a_wrong_one_writes_nothing()
    {
        await User.SetUpAppAsync();
        var (opened, other) = (await _shop.OnPageAsync(User.Id), await _shop.OnPageAsync(User.Id));
        var usual = await _shop.ChallengeAsync(User.Id);
        using var own = SignInVisit.Of(Laptop.Url, opened);
        using var others = SignInVisit.Of(Laptop.Url, other);
        string[] wrong = [others.Ticket, "b" + own.Ticket[1..], own.Ticket[..^1] + (own.Ticket[^1] == 'A' ? 'E' : 'A'), "p" + new string('A', 43)];
        await QuietAsync();
        foreach (var (id, ticket) in wrong.Select(t => (own.Id, t)).Append((usual["id"], own.Ticket)).Append((own.Id[..^1] + (own.Id[^1] == 'a' ? 'b' : 'a'), own.Ticket)).Append(("x", own.Ticket)))
        {
            using var page = new SignInVisit(Laptop.Url, id, ticket, SignInVisit.NewWindow());
            Forget();
            BadInput.AssertProblem(await page.SeeAsync(), 404, "not-found");
            BadInput.AssertProblem(await page.WaitAsync(id, 1, "1"), 404, "not-found");
            BadInput.AssertProblem(await page.ContactAsync(id), 404, "not-found");
            BadInput.AssertProblem(await page.VerifyAsync(id, "123456"), 404, "not-found");
            BadInput.AssertProblem(await page.DeleteAsync(id), 404, "not-found");
            AssertCost(reads: 5, writes: 0, messages: 0);
        }

        foreach (var ticket in new[] { "", own.Ticket[..^1], own.Ticket + "A", "q" + own.Ticket[1..], own.Ticket + ".", own.Ticket + ".short", own.Ticket + "." + new string('w', 65), $"{own.Ticket}.{SignInVisit.NewWindow()}.x", own.Ticket[..^1] + "=" })
        {
            using var page = new SignInVisit(Laptop.Url, own.Id, ticket, null);
            Forget();
            var refused = await page.SeeAsync();
            BadInput.AssertProblem(refused, 401, "unauthorized");
            Assert.Equal("MfaSignIn", refused.Raw.Headers.WwwAuthenticate.ToString());
            AssertCost(reads: 0, writes: 0, messages: 0);
        }

        Assert.Equal("open", (await own.SeeAsync())["state"]);
    }

    [Fact]
    public async Task The_first_window_has_it_and_who_handed_the_link_on_does_not_see_what_comes_of_it()
    {
        var (app, _) = await User.SetUpAppAsync();
        var opened = await _shop.OnPageAsync(User.Id);
        using var early = SignInVisit.Of(Laptop.Url, opened["signInUrl"], window: null);
        using var first = SignInVisit.Of(Laptop.Url, opened);
        using var second = SignInVisit.Of(Laptop.Url, opened);
        var seen = await early.SeeAsync();
        Assert.Equal("open", seen["state"]);
        // One that is waiting already, too.
        var waiting = early.WaitAsync(early.Id, 25, seen["version"]);
        Assert.Equal(200, (await first.SeeAsync()).Status);
        BadInput.AssertProblem(await waiting, 409, "opened-elsewhere");
        foreach (var late in new[] { early, second })
        {
            BadInput.AssertProblem(await late.SeeAsync(), 409, "opened-elsewhere");
            BadInput.AssertProblem(await late.WaitAsync(late.Id, 1, seen["version"]), 409, "opened-elsewhere");
            BadInput.AssertProblem(await late.ContactAsync(late.Id), 404, "not-found");
            BadInput.AssertProblem(await late.VerifyAsync(late.Id, "123456"), 404, "not-found");
            BadInput.AssertProblem(await late.DeleteAsync(late.Id), 404, "not-found");
        }

        Assert.Equal("verified", (await first.VerifyAsync(first.Id, await app.CodeAsync(steps: 1)))["state"]);
        BadInput.AssertProblem(await second.SeeAsync(), 409, "opened-elsewhere");
        Assert.NotEmpty(await first.AnswerAsync());
    }

    [Fact]
    public async Task Of_many_windows_at_once_one_has_it()
    {
        await User.SetUpAppAsync();
        var opened = await _shop.OnPageAsync(User.Id);
        var pages = Enumerable.Range(0, 8).Select(_ => SignInVisit.Of(Laptop.Url, opened)).ToList();
        var seen = await Task.WhenAll(pages.Select(p => p.SeeAsync()));
        Assert.Equal([200, .. Enumerable.Repeat(409, 7)], seen.Select(s => s.Status).Order());
        var winner = pages[Array.FindIndex(seen, s => s.Status == 200)];
        Assert.Equal(200, (await winner.SeeAsync()).Status);
        pages.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task Its_requests_cost_what_the_relying_partys_do_and_one_write_for_the_window()
    {
        var (app, _) = await User.SetUpAppAsync();
        Assert.Equal(201, (await _shop.ChallengeAsync(User.Id)).Status);
        await QuietAsync();
        Forget();
        using var page = SignInVisit.Of(Laptop.Url, await _shop.OnPageAsync(User.Id));
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
        Forget();
        await page.SeeAsync();
        AssertCost(reads: 1, writes: 1, messages: 0);
        Forget();
        await page.SeeAsync();
        AssertCost(reads: 1, writes: 0, messages: 0);
        var code = await app.CodeAsync(steps: 1);
        Forget();
        var verified = await page.VerifyAsync(page.Id, code);
        Assert.Equal("verified", verified["state"]);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
        Forget();
        Assert.Equal(200, (await _shop.RedeemAsync(page.Id, SignInVisit.Back(verified)["answer"])).Status);
        AssertCost(reads: 1, writes: 1, messages: 0);
        Forget();
        Assert.Equal(410, (await _shop.RedeemAsync(page.Id, SignInVisit.Back(verified)["answer"])).Status);
        AssertCost(reads: 1, writes: 0, messages: 0);
    }
}
