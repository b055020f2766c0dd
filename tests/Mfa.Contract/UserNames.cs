using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Users who are asked for by the name that they sign in with.</summary>
public sealed class UserNames(Storage storage) : BlindTest(storage)
{
    private readonly Storage _storage = storage;

    [Fact]
    public async Task A_name_is_as_good_as_an_id_whatever_its_capitals()
    {
        using var shop = await Laptop.RelyingPartyAsync("bank");
        var name = await NamedAsync("Zoë");
        var (app, _) = await User.SetUpAppAsync();
        var opened = await AskAsync(shop, name.ToUpperInvariant());
        Assert.Equal((201, User.Id, null), (opened.Status, opened["user"], opened.Text("userName")));
        var code = await app.CodeAsync(steps: 1);
        Assert.Equal("false", (await VerifyNowAsync(shop, name, Failures.Wrong(code)))["valid"]);
        Assert.Equal("true", (await VerifyNowAsync(shop, name, code))["valid"]);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_an_unknown_user()
    {
        using var shop = await Laptop.RelyingPartyAsync("bank");
        BadInput.AssertProblem(await AskAsync(shop, Person.NewName()), 409, "enrollment-required");
        BadInput.AssertProblem(await VerifyNowAsync(shop, Person.NewName(), "123456"), 409, "enrollment-required");
    }

    [Fact]
    public async Task Both_neither_and_one_of_the_users_own_are_refused()
    {
        foreach (var body in new JsonObject[] { new() { ["user"] = "alice", ["userName"] = "alice" }, [], new() { ["userName"] = " " }, new() { ["userName"] = "alice", ["user"] = null } })
        {
            foreach (var path in new[] { "challenges", "verify" })
            {
                var asked = (JsonObject)body.DeepClone();
                asked["code"] = "123456";
                var refused = await Party.PostAsync(path, asked);
                BadInput.AssertProblem(refused, 400, "invalid-request");
                Assert.Single(refused.Body!["errors"]!.AsObject());
            }
        }

        var own = await User.PostAsync("me/challenges", new JsonObject { ["userName"] = "alice" });
        BadInput.AssertProblem(own, 400, "invalid-request");
    }

    [Fact]
    public async Task The_same_key_with_another_name_is_another_request()
    {
        var (one, other) = (Person.NewName(), Person.NewName());
        var first = await AskAsync(Party, one, ("Idempotency-Key", "k"));
        Assert.Equal(first["id"], (await AskAsync(Party, one, ("Idempotency-Key", "k")))["id"]);
        Assert.NotEqual(first["id"], (await AskAsync(Party, other, ("Idempotency-Key", "k")))["id"]);
    }

    [Fact]
    public async Task Who_may_not_know_sees_the_same_of_a_name_whoever_has_it()
    {
        var name = await NamedAsync("alice");
        var (app, _) = await User.SetUpAppAsync();
        await RestAsync();
        List<string>? expected = null;
        // Of eight made-up users one at least has an app for codes alone, as this one has.
        for (var i = 0; expected is null; i++)
        {
            var seen = await SeeAsync(Person.NewName());
            expected = seen[0].Contains("\"method\":\"mobileApp\"", StringComparison.Ordinal) && !seen[0].Contains("authenticationPhone", StringComparison.Ordinal)
                && !seen[0].Contains("\"notification\"", StringComparison.Ordinal) ? seen : null;
            Assert.InRange(i, 0, 100);
        }

        Assert.Equal(expected, await SeeAsync(name));
        var opened = await AskAsync(Party, name);
        var verified = await Party.VerifyAsync(opened["id"], await app.CodeAsync(steps: 1));
        Assert.Equal(("verified", User.Id, name), (verified["state"], verified["user"], verified["userName"]));
    }

    private async Task<List<string>> SeeAsync(string name)
    {
        var witness = new Witness(Laptop, _storage);
        var opened = await witness.SeeAsync("create", () => AskAsync(Party, name));
        Assert.Equal((null, name), (opened.Text("user"), opened["userName"]));
        await witness.SeeAsync("wrong code", () => Party.VerifyAsync(opened["id"], "000000"), opened["id"]);
        await witness.SeeAsync("again", () => AskAsync(Party, name));
        await witness.SeeAsync("verify now", () => VerifyNowAsync(Party, name, "000000"));
        return witness.Lines;
    }

    private async Task<string> NamedAsync(string begin)
    {
        var name = begin + Person.NewName();
        Assert.Equal(201, (await Admin.SendAsync("PUT", $"admin/users/{User.Id}", new() { ["userName"] = name })).Status);
        return name;
    }

    private static Task<Reply> AskAsync(RelyingParty party, string name, params (string, string)[] headers) => party.PostAsync("challenges", new JsonObject { ["userName"] = name }, headers);

    private static Task<Reply> VerifyNowAsync(RelyingParty party, string name, string code) => party.PostAsync("verify", new JsonObject { ["userName"] = name, ["code"] = code });
}
