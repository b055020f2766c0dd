using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>What happens to a user while a relying party waits that may not learn who exists: it sees what it sees of nobody.</summary>
public sealed class BlindMeanwhile(Storage storage) : BlindTest(storage)
{
    private const string NoCode = "000000";
    private readonly Storage _storage = storage;

    protected override Dictionary<string, string?> Settings => new(ShortWaits.Settings())
    {
        ["Local:ClockRuns"] = "false",
        // Of two digits, one number in ninety is the next one's, too.
        ["Policy:MatchDigits"] = "6",
    };

    [Theory]
    [InlineData("text", "block", true)]
    [InlineData("text", "block", false)]
    [InlineData("text", "reset", true)]
    [InlineData("text", "reset", false)]
    [InlineData("text", "report", false)]
    [InlineData("call", "block", false)]
    [InlineData("call", "deny", true)]
    [InlineData("call", "deny", false)]
    [InlineData("call", "hang up", false)]
    public async Task Nothing_of_it_is_seen_until_the_end_by_wrong_codes_or_by_calling_it_off(string how, string what, bool byCodes)
    {
        await User.SetUpAsync(Phone);
        var expected = await SeeAsync(Unknown("phone"), how, byCodes, null);
        Assert.Equal(expected, await SeeAsync(User.Id, how, byCodes, what));
    }

    [Fact]
    public async Task A_wait_goes_on_when_the_user_says_no()
    {
        await User.SetUpAsync(Phone);
        var opened = await Party.ChallengeAsync(User.Id, new() { ["how"] = "call" });
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        var wait = Party.WaitAsync(opened["id"], 6, opened["version"]);
        await HappensAsync("deny", opened["id"]);
        Assert.False(wait.IsCompleted);
        var seen = await wait;
        Assert.Equal(("open", opened["version"]), (seen["state"], seen["version"]));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalSeconds, 5.9, 30);
    }

    [Fact]
    public async Task The_right_proof_is_told_and_its_wait_ends()
    {
        await User.SetUpAsync(Phone);
        var opened = await Party.ChallengeAsync(User.Id, new() { ["how"] = "call" });
        var wait = Party.WaitAsync(opened["id"], 25, opened["version"]);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        var seen = await wait;
        Assert.Equal("verified", seen["state"]);
        Assert.NotNull(seen.Text("assertion"));
    }

    [Fact]
    public async Task It_is_answered_on_the_beat_and_others_at_once()
    {
        var slow = await Laptop.AddHeadAsync(settings: new() { ["Service:BlindBeat"] = "00:00:02" });
        using var blind = Party.At(slow.Url.ToString());
        using var shop = await Laptop.RelyingPartyAsync();
        using var sighted = shop.At(slow.Url.ToString());
        await User.SetUpAsync(Phone);
        await sighted.ChallengeAsync(User.Id, new() { ["contact"] = false });
        foreach (var body in new JsonObject[] { new() { ["contact"] = false }, new() { ["how"] = "nothing" } })
        {
            var waits = blind.ChallengeAsync(User.Id, (JsonObject)body.DeepClone());
            await sighted.ChallengeAsync(User.Id, (JsonObject)body.DeepClone());
            Assert.False(waits.IsCompleted);
            Assert.Contains((await waits).Status, new[] { 201, 400 });
        }
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("fraud")]
    [InlineData("reset")]
    public async Task A_device_that_says_no_is_asked_again_with_another_number_as_one_that_is_not_there(string what)
    {
        using var app = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(app);
        var (nobody, user) = (await NumbersAsync(Unknown("device"), null), await NumbersAsync(User.Id, async opened =>
        {
            if (what == "reset")
            {
                await Admin.PostAsync($"admin/users/{User.Id}/reset");
                return;
            }

            Assert.Equal(200, (await app.AnswerAsync(await app.RequestAsync(), what)).Status);
        }));
        Assert.Equal(nobody, user);
    }

    // Which numbers are there, and which of them are another than before: a repeated contact, another way and back, and a code.
    private async Task<List<string>> NumbersAsync(string user, Func<Reply, Task>? happens)
    {
        var opened = await Party.ChallengeAsync(user, new() { ["how"] = "notification" });
        var (seen, numbers) = (new List<string> { $"{opened.Status} {opened["number"].Length}" }, new List<string?> { opened["number"] });
        await (happens?.Invoke(opened) ?? Task.CompletedTask);
        foreach (var how in new[] { null, "notification", "code", "notification", "notification", null })
        {
            var now = await Party.ContactAsync(opened["id"], how is null ? null : new() { ["how"] = how });
            seen.Add($"{now.Status} {now["state"]} {now.Text("how")} {now.Text("number")?.Length} {(now.Text("number") == numbers[^1] ? "same" : "other")}");
            numbers.Add(now.Text("number"));
        }

        return seen;
    }

    // To the end by wrong codes, or by calling it off; what happens happens right after it was asked for.
    private async Task<List<string>> SeeAsync(string user, string how, bool byCodes, string? what)
    {
        var witness = new Witness(Laptop, _storage) { CountsStorage = false };
        var opened = await witness.SeeAsync("create", () => Party.ChallengeAsync(user, new() { ["how"] = how }));
        var id = opened["id"];
        if (what is not null)
        {
            await HappensAsync(what, id);
        }

        await witness.SeeAsync("read", () => Party.SeeAsync(id));
        await witness.SeeAsync("contact", () => Party.ContactAsync(id));
        for (var i = 0; i < (byCodes ? 6 : 2); i++)
        {
            await witness.SeeAsync("wrong code", () => Party.VerifyAsync(id, NoCode));
            await witness.SeeAsync("read", () => Party.SeeAsync(id));
        }

        await witness.SeeAsync("contact", () => Party.ContactAsync(id, new() { ["how"] = "call", ["resend"] = true }));
        await witness.SeeAsync("delete", () => Party.DeleteAsync(id));
        Assert.Equal(byCodes ? "failed" : "cancelled", (await witness.SeeAsync("read", () => Party.SeeAsync(id)))["state"]);
        await witness.SeeAsync("wrong code", () => Party.VerifyAsync(id, NoCode));
        await witness.SeeAsync("contact", () => Party.ContactAsync(id));
        await witness.SeeAsync("delete", () => Party.DeleteAsync(id));
        await witness.SeeAsync("read", () => Party.SeeAsync(id));
        return witness.Lines;
    }

    private async Task HappensAsync(string what, string id)
    {
        switch (what)
        {
            case "block" or "reset":
                Assert.Equal(200, (await Admin.PostAsync($"admin/users/{User.Id}/{what}", new JsonObject())).Status);
                break;
            case "report":
                Assert.Equal(204, (await User.PostAsync("me/reports", new JsonObject { ["challengeId"] = id })).Status);
                break;
            case "deny":
                await Phone.AnswerAsync();
                await Phone.SaysAsync("press the pound key");
                await Phone.PressAsync("0#1");
                await Phone.EndsAsync();
                break;
            case "hang up":
                await Phone.AnswerAsync();
                await Phone.SaysAsync("press the pound key");
                await Phone.HangUpAsync();
                break;
        }
    }
}
