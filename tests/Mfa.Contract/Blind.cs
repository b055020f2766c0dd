using Xunit;

namespace Mfa.Contract;

/// <summary>
/// A relying party that may not learn who exists sees the same of everybody who looks the same: answers, headers, and the requests to
/// storage that make their time.
/// </summary>
public sealed class Blind(Storage storage) : BlindTest(storage)
{
    private readonly Storage _storage = storage;

    public static TheoryData<string> OfShapes => [.. Shapes];

    [Theory]
    [MemberData(nameof(OfShapes))]
    public async Task Users_of_every_kind_who_look_the_same_are_the_same(string shape)
    {
        var users = new (string Who, string User)[]
        {
            ("nobody", Unknown(shape)),
            ("another nobody", Unknown(shape)),
            ("one who is known", await KnownAsync(shape, new() { ["displayName"] = "Alice" })),
            ("one who has to set something up", await KnownAsync(shape, new() { ["required"] = true })),
            ("one in grace", await KnownAsync(shape, new() { ["required"] = true, ["graceUntil"] = "2099-01-01T00:00:00Z" })),
            ("one with an admin's code alone", await KnownAsync(shape, null, ("bypass", null))),
            ("one who is blocked and has nothing", await KnownAsync(shape, null, ("block", null))),
            ("one with recovery codes alone", await WithCodesAloneAsync(shape)),
            ("one with methods", await RealAsync(shape)),
            ("one with methods and recovery codes", await RealAsync(shape, a => a with { RecoveryCodes = Codes() })),
            ("one whose methods are off", await RealAsync(shape, a => Locked(a))),
            ("one whose methods wait", await RealAsync(shape, a => Locked(a, 12))),
            ("one whose methods rest", await RealAsync(shape, Paused)),
            ("one who used up the day's sends", await RealAsync(shape, a => a with { Today = a.Today.On(DateTimeOffset.UtcNow) with { Sends = 20 } })),
            ("one who is blocked", await RealAsync(shape, a => a.Block(DateTimeOffset.UtcNow))),
        };
        await AssertAlikeAsync(users, AllAsync);
    }

    private async Task<string> WithCodesAloneAsync(string shape)
    {
        var user = await KnownAsync(shape);
        await ChangeAsync(user, a => a with { RecoveryCodes = Codes() });
        return user;
    }

    // All that can be asked for, to the end of a challenge by wrong codes, and of another by calling it off.
    private async Task<List<string>> AllAsync(string user)
    {
        var witness = new Witness(Laptop, _storage);
        var (isPhone, wrong) = (true, "000000");
        var opened = await witness.SeeAsync("create", () => Party.ChallengeAsync(user));
        Assert.Equal(201, opened.Status);
        isPhone = opened["method"] != "mobileApp";
        var id = opened["id"];
        Task<Reply> See(string step, Func<Task<Reply>> ask) => witness.SeeAsync(step, ask, id);
        await See("read", () => Party.SeeAsync(id));
        await See("contact", () => Party.ContactAsync(id));
        await See("contact again", () => Party.ContactAsync(id, new() { ["resend"] = true }));
        await See("contact by call", () => Party.ContactAsync(id, new() { ["how"] = "call" }));
        await See("contact by no method", () => Party.ContactAsync(id, new() { ["methodId"] = "none" }));
        await See("wrong code", () => Party.VerifyAsync(id, wrong));
        await See("wrong recovery code", () => Party.VerifyAsync(id, "AAAAA-AAAAA-AAA"));
        await See("wrong admin's code", () => Party.VerifyAsync(id, "AAAA-AAAA"));
        await See("wait", () => Party.WaitAsync(id, 1, "1"));
        await See("code without a form", () => Party.VerifyAsync(id, "x"));
        await See("wrong code", () => Party.VerifyAsync(id, wrong));
        await See("last wrong code", () => Party.VerifyAsync(id, wrong));
        await See("code after the end", () => Party.VerifyAsync(id, wrong));
        await See("contact after the end", () => Party.ContactAsync(id));
        Assert.Equal(("failed", "too-many-codes"), (await See("read after the end", () => Party.SeeAsync(id))) is var ended ? (ended["state"], ended["reason"]) : default);
        await See("delete after the end", () => Party.DeleteAsync(id));

        id = (await witness.SeeAsync("create by its way", () => Party.ChallengeAsync(user, new() { ["how"] = isPhone ? "call" : "code" })))["id"];
        await See("delete", () => Party.DeleteAsync(id));
        await See("code after the deletion", () => Party.VerifyAsync(id, wrong));
        await See("contact after the deletion", () => Party.ContactAsync(id));
        Assert.Equal("cancelled", (await See("read after the deletion", () => Party.SeeAsync(id)))["state"]);

        id = (await witness.SeeAsync("create quietly", () => Party.ChallengeAsync(user, new() { ["contact"] = false, ["rememberBrowser"] = true, ["rememberedBrowser"] = "a.b" })))["id"];
        await See("contact", () => Party.ContactAsync(id));
        await witness.SeeAsync("create by a way that is none", () => Party.ChallengeAsync(user, new() { ["how"] = isPhone ? "code" : "text", ["methodId"] = opened["methodId"] }));
        foreach (var code in new[] { wrong, "AAAAA-AAAAA-AAA", "AAAA-AAAA", "x" })
        {
            await witness.SeeAsync("verify now", () => Party.VerifyNowAsync(user, code));
        }

        return witness.Lines;
    }
}
