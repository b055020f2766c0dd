using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a relying party that may not learn who exists is told of a name, and that it stays so.</summary>
public sealed class BlindNames(Storage storage) : BlindTest(storage)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(36), TimeSpan.Zero));
    private readonly Storage _storage = storage;

    protected override TimeProvider Time => _clock;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:ChallengesADay"] = "4", ["Policy:SendsADay"] = "3" };

    [Theory]
    [InlineData("phone")]
    [InlineData("phone, app")]
    public async Task A_made_up_user_has_the_same_methods_a_day_later_on_another_head_and_each_time_and_another_has_others(string shape)
    {
        var (name, other) = (Unknown(shape), Unknown(shape));
        var first = await MethodsAsync(name, Party);
        Assert.Equal(first, await MethodsAsync(name, Party));
        Assert.NotEqual(first, await MethodsAsync(other, Party));
        var head = await Laptop.AddHeadAsync(_clock);
        using var there = Party.At(head.Url.ToString());
        Assert.Equal(first, await MethodsAsync(name, there));
        _clock.Advance(TimeSpan.FromDays(1.1));
        await SignInAgainAsync();
        Assert.Equal(first, await MethodsAsync(name, Party));
    }

    [Fact]
    public async Task Most_made_up_phones_differ_in_what_is_shown_of_them()
    {
        var labels = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            labels.Add((await Party.ChallengeAsync(Unknown("phone"), new() { ["contact"] = false })).Body!["methods"]![0]!["label"]!.ToString());
        }

        Assert.InRange(labels.Count, 10, 20);
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("app")]
    public async Task When_the_limits_are_used_up_it_is_the_same_of_everybody(string shape)
    {
        var users = new[] { Unknown(shape), await KnownAsync(shape, new() { ["required"] = true }), await RealAsync(shape) };
        await RestAsync();
        var seen = new List<List<string>>();
        foreach (var user in users)
        {
            var witness = new Witness(Laptop, _storage);
            for (var i = 0; i < 4; i++)
            {
                // A minute between: the way is free again.
                _clock.Advance(TimeSpan.FromMinutes(1));
                await witness.SeeAsync("create", () => Party.ChallengeAsync(user));
            }

            foreach (var refused in new[] { await witness.SeeAsync("create", () => Party.ChallengeAsync(user)), await witness.SeeAsync("verify now", () => Party.VerifyNowAsync(user, "000000")) })
            {
                BadInput.AssertProblem(refused, 429, "challenges-limit");
                var midnight = _clock.GetUtcNow().UtcDateTime.Date.AddDays(1) - _clock.GetUtcNow().UtcDateTime;
                Assert.Equal(Math.Ceiling(midnight.TotalSeconds), refused.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
            }

            seen.Add(witness.Lines);
        }

        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_on_paper_lets_in_who_has_nothing_else(bool inOneCall)
    {
        var user = await KnownAsync("phone", new() { ["required"] = true });
        var code = (await Admin.PostAsync($"admin/users/{user}/bypass", new JsonObject()))["code"];
        if (inOneCall)
        {
            var now = await Party.VerifyNowAsync(user, code);
            Assert.Equal("true", now["valid"]);
            Assert.NotNull(now.Text("assertion"));
            return;
        }

        var id = (await Party.ChallengeAsync(user))["id"];
        Assert.Equal(202, (await Party.ContactAsync(id, new() { ["how"] = "call" })).Status);
        var verified = await Party.VerifyAsync(id, code);
        Assert.Equal(("verified", "bypass"), (verified["state"], verified["by"]));
        Assert.NotNull(verified.Text("assertion"));
        Assert.Equal("verified", (await Party.VerifyAsync(id, code))["state"]);
    }

    private static async Task<string> MethodsAsync(string name, RelyingParty party)
    {
        var opened = await party.ChallengeAsync(name, new() { ["contact"] = false });
        Assert.Equal(201, opened.Status);
        return opened.Body!["methods"]!.ToJsonString();
    }
}
