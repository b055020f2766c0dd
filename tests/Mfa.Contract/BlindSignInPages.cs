using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>The page of a relying party that may not learn who exists shows no more than that one sees.</summary>
public sealed class BlindSignInPages(Storage storage) : BlindTest(storage)
{
    private readonly Storage _storage = storage;

    protected override Dictionary<string, string?> Settings => new(base.Settings.Concat(SignInVisit.Settings)) { ["Policy:RememberBrowsers"] = "true" };

    public static TheoryData<string> OfShapes => [.. Shapes];

    [Theory]
    [MemberData(nameof(OfShapes))]
    public async Task Users_of_every_kind_who_look_the_same_are_the_same_on_the_page(string shape)
    {
        var users = new (string Who, string User)[]
        {
            ("nobody", Unknown(shape)),
            ("one who is known", await KnownAsync(shape, new() { ["displayName"] = "Alice", ["culture"] = "nl-NL" })),
            ("one who is blocked and has nothing", await KnownAsync(shape, null, ("block", null))),
            ("one with methods", await RealAsync(shape)),
            ("one with methods and a language", await RealAsync(shape, a => a with { Culture = "nl-NL" })),
            ("one whose methods are off", await RealAsync(shape, a => Locked(a))),
            ("one who is blocked", await RealAsync(shape, a => a.Block(DateTimeOffset.UtcNow))),
        };
        await AssertAlikeAsync(users, AllAsync);
    }

    [Fact]
    public async Task A_proof_on_it_is_redeemed_like_any_and_the_page_says_nothing_of_who_it_is()
    {
        using var person = await Laptop.SignInAsync();
        var (app, _) = await person.SetUpAppAsync();
        using var page = SignInVisit.Of(Laptop.Url, await Party.OnPageAsync(person.Id));
        Assert.StartsWith("b", page.Ticket, StringComparison.Ordinal);
        var verified = await page.VerifyAsync(page.Id, await app.CodeAsync(steps: 1));
        Assert.Equal(("verified", null), (verified["state"], verified.Text("user")));
        Assert.Null((await Party.SeeAsync(page.Id)).Text("assertion"));
        Assert.NotNull((await Party.RedeemAsync(page.Id, SignInVisit.Back(verified)["answer"])).Text("assertion"));
    }

    [Fact]
    public async Task A_denial_is_not_told_there_either()
    {
        using var person = await Laptop.SignInAsync();
        using var device = new DeviceApp(Laptop.Url);
        await person.SetUpDeviceAsync(device);
        using var page = SignInVisit.Of(Laptop.Url, await Party.OnPageAsync(person.Id));
        await page.SeeAsync();
        Assert.Equal(200, (await device.AnswerAsync(await device.RequestAsync(), "deny", null)).Status);
        var seen = await page.SeeAsync();
        Assert.Equal(("open", null), (seen["state"], seen.Text("returnTo")));
    }

    [Fact]
    public async Task It_is_answered_on_the_beat_whatever_its_ticket_says()
    {
        var slow = await Laptop.AddHeadAsync(settings: new() { ["Service:BlindBeat"] = "00:00:02" });
        using var shop = await Laptop.RelyingPartyAsync();
        using var sighted = shop.At(slow.Url.ToString());
        var opened = await Party.OnPageAsync(User.Id, new() { ["contact"] = false });
        var ticket = new Uri(opened["signInUrl"]).Fragment[1..];
        using var page = new SignInVisit(slow.Url.ToString(), opened["id"], ticket, null);
        using var changed = new SignInVisit(slow.Url.ToString(), opened["id"], "p" + ticket[1..], null);
        await sighted.SeeAsync("x");
        foreach (var (caller, status) in new[] { (page, 200), (changed, 404) })
        {
            var waits = caller.SeeAsync();
            await sighted.SeeAsync(opened["id"]);
            Assert.False(waits.IsCompleted);
            Assert.Equal(status, (await waits).Status);
        }
    }

    // All that the page can do, to the end by wrong codes, and of another one by calling it off.
    private async Task<List<string>> AllAsync(string user)
    {
        var witness = new Witness(Laptop, _storage);
        using var page = SignInVisit.Of(Laptop.Url, await witness.SeeAsync("create", () => Party.OnPageAsync(user, new() { ["application"] = "The shop" })));
        var id = page.Id;
        using var wrong = new SignInVisit(Laptop.Url, id, "p" + page.Ticket[1..], SignInVisit.NewWindow());
        using var second = new SignInVisit(Laptop.Url, id, page.Ticket, SignInVisit.NewWindow());
        Task<Reply> See(string step, Func<Task<Reply>> ask) => witness.SeeAsync(step, ask, id);
        await See("a ticket of another kind", () => wrong.SeeAsync());
        await See("open", () => page.SeeAsync());
        await See("look", () => page.SeeAsync());
        await See("another window", () => second.SeeAsync());
        await See("remember", () => page.TickAsync(true));
        await See("contact", () => page.ContactAsync(id));
        await See("contact by call", () => page.ContactAsync(id, new() { ["how"] = "call" }));
        await See("wait", () => page.WaitAsync(id, 1, "1"));
        await See("no answer", () => Party.RedeemAsync(id, "x"));
        foreach (var code in new[] { "000000", "AAAAA-AAAAA-AAA", "AAAA-AAAA", "000000", "000000", "000000" })
        {
            await See("wrong code", () => page.VerifyAsync(id, code));
        }

        Assert.Equal("failed", SignInVisit.Back(await See("read after the end", () => page.SeeAsync()))["error"]);

        using var off = SignInVisit.Of(Laptop.Url, await witness.SeeAsync("create in Dutch", () => Party.OnPageAsync(user, new() { ["culture"] = "nl-NL", ["contact"] = false }, new JsonObject { ["returnTo"] = SignInVisit.ReturnToInDutch, ["state"] = "s" })));
        Assert.Equal("nl-NL", (await witness.SeeAsync("open", () => off.SeeAsync(), off.Id))["culture"]);
        await witness.SeeAsync("delete", () => off.DeleteAsync(off.Id), off.Id);
        Assert.Equal("cancelled", SignInVisit.Back(await witness.SeeAsync("read after the deletion", () => off.SeeAsync(), off.Id))["error"]);
        return witness.Lines;
    }
}
