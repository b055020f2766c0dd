using System.Text.Json.Nodes;

namespace Mfa.Functions.Tests;

/// <summary>What every clock does, done by the orchestration alone: nobody reads the verification before it has ended.</summary>
public sealed class OrchestrationTests(Storage storage)
{
    [Fact]
    public async Task A_busy_line_is_called_three_times()
    {
        await using var run = await OrchestratedHead.StartAsync(storage);
        await run.HabitAsync(calls: "busy");
        var (enrollment, verification) = await run.ContactAsync("call");
        Assert.Equal("""{"State":"failed","Attempt":3}""", (await run.EndAsync(verification))!.ToJsonString());
        Assert.Equal("busy", (await run.SeeAsync(enrollment))["verification"]!["reason"]!.ToString());
    }

    [Fact]
    public async Task A_text_that_nobody_answers_expires()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:00:06"));
        var (enrollment, verification) = await run.ContactAsync("text");
        Assert.Equal("""{"State":"expired","Attempt":1}""", (await run.EndAsync(verification))!.ToJsonString());
        Assert.Equal("expired", (await run.SeeAsync(enrollment))["verification"]!["state"]!.ToString());
        Assert.Single((await run.PhoneAsync())["texts"]!.AsArray());
    }

    [Fact]
    public async Task A_call_that_is_answered_verifies_and_the_clock_ends_with_it()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:10:00"));
        var (enrollment, verification) = await run.ContactAsync("call");
        await OrchestratedHead.UntilAsync(async () => (await run.PhoneAsync())["call"]?["state"]?.ToString() == "ringing", "ringing phone");
        await run.HandAsync("answer");
        await OrchestratedHead.UntilAsync(async () => (await run.PhoneAsync())["call"]!["said"]!.AsArray().Count > 0, "prompt");
        await run.HandAsync("keys", new JsonObject { ["keys"] = "#" });
        // Minutes are left of it: the end comes by what the callbacks told the clock.
        Assert.Equal("verified", (await run.EndAsync(verification))!["State"]!.ToString());
        Assert.Equal("verified", (await run.SeeAsync(enrollment))["state"]!.ToString());
        Assert.InRange(run.Looks(verification).Count, 1, 5);
    }
}
