using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>An OpenID Connect program that may not learn who exists sees the same of everybody who looks the same: answers, headers, and the requests to storage that make their time.</summary>
public sealed class OpenIdBlind(Storage storage) : BlindTest(storage)
{
    private readonly Storage _storage = storage;

    protected override Dictionary<string, string?> Settings => new(base.Settings.Concat(OpenIdParty.Settings));

    public static TheoryData<string> OfShapes => [.. Shapes];

    [Theory]
    [MemberData(nameof(OfShapes))]
    public async Task Users_of_every_kind_who_look_the_same_are_the_same(string shape)
    {
        var users = new (string Who, string User)[]
        {
            ("nobody", Unknown(shape)),
            ("one who is known", await KnownAsync(shape, new() { ["displayName"] = "Alice" })),
            ("one who has to set something up", await KnownAsync(shape, new() { ["required"] = true })),
            ("one who is blocked and has nothing", await KnownAsync(shape, null, ("block", null))),
            ("one with methods", await RealAsync(shape)),
            ("one whose methods are off", await RealAsync(shape, a => Locked(a))),
            ("one whose methods rest", await RealAsync(shape, Paused)),
            ("one who is blocked", await RealAsync(shape, a => a.Block(DateTimeOffset.UtcNow))),
        };
        await AssertAlikeAsync(users, AllAsync);
    }

    [Fact]
    public async Task What_a_user_says_no_to_waits_for_its_time()
    {
        using var person = await Laptop.SignInAsync();
        using var app = new DeviceApp(Laptop.Url);
        await person.SetUpDeviceAsync(app);
        using var blind = new OpenIdParty(Laptop.Url, "blind");
        var asked = await blind.AskAsync(("login_hint", person.Id), ("binding_message", "Room 12"));
        Assert.Equal(200, (await app.AnswerAsync(await app.RequestAsync(), "deny")).Status);
        OpenIdTest.AssertRefused(await blind.PollAsync(asked["auth_req_id"]), "authorization_pending");
    }

    [Fact]
    public async Task A_program_that_may_not_learn_who_exists_is_answered_on_the_beat_and_another_is_not()
    {
        var slow = (await Laptop.AddHeadAsync(settings: new() { ["Service:BlindBeat"] = "00:00:02" })).Url.ToString();
        using var sighted = new OpenIdParty(slow, "program");
        using var blind = new OpenIdParty(slow, "blind");
        using var owner = new OpenIdParty(slow, "blindowner");
        var pushing = owner.PostAsync("/par", [.. OpenIdParty.Back("https://x.example/?" + owner.Query(("login_hint", User.Id))).Select(f => (f.Key, (string?)f.Value))]);
        var asking = blind.AskAsync(("login_hint", User.Id));
        await sighted.AskAsync(("login_hint", User.Id));
        Assert.Equal((false, false), (pushing.IsCompleted, asking.IsCompleted));
        var going = owner.GetAsync($"/authorize?client_id=blindowner&request_uri={Uri.EscapeDataString((await pushing)["request_uri"])}");
        await sighted.AskAsync(("login_hint", User.Id));
        Assert.False(going.IsCompleted);
        Assert.Equal((200, 303), ((await asking).Status, (await going).Status));
    }

    private async Task<List<string>> AllAsync(string user)
    {
        var witness = new Witness(Laptop, _storage);
        using var blind = new OpenIdParty(Laptop.Url, "blind");
        using var owner = new OpenIdParty(Laptop.Url, "blindowner");
        var asked = await witness.SeeAsync("ask", () => blind.AskAsync(("login_hint", user), ("binding_message", "Room 12"), ("requested_expiry", "300")));
        Assert.True(asked.Status == 200, asked.ToString());
        foreach (var error in new[] { "authorization_pending", "slow_down" })
        {
            OpenIdTest.AssertRefused(await witness.SeeAsync("poll", () => blind.PollAsync(asked["auth_req_id"]), asked["auth_req_id"]), error);
        }

        var pushed = await witness.SeeAsync("push", () => owner.PostAsync("/par", [.. OpenIdParty.Back("https://x.example/?" + owner.Query(("login_hint", user))).Select(f => (f.Key, (string?)f.Value))]));
        var sent = await witness.SeeAsync("authorize", () => owner.GetAsync($"/authorize?client_id=blindowner&request_uri={Uri.EscapeDataString(pushed["request_uri"])}"));
        using var page = SignInVisit.Of(Laptop.Url, sent.Raw.Headers.Location!.OriginalString, SignInVisit.NewWindow());
        await witness.SeeAsync("page", page.SeeAsync, page.Id);
        await witness.SeeAsync("contact", () => page.ContactAsync(page.Id), page.Id);
        await witness.SeeAsync("wrong code", () => page.VerifyAsync(page.Id, "000000"), page.Id);
        await witness.SeeAsync("enrollment", () => page.PostAsync($"sign-ins/{page.Id}/verify", new JsonObject { ["enrollment"] = page.Id }), page.Id);
        await witness.SeeAsync("delete", () => page.DeleteAsync(page.Id), page.Id);
        await witness.SeeAsync("page after the end", page.SeeAsync, page.Id);
        return witness.Lines;
    }
}
