namespace Mfa.Functions.Tests;

/// <summary>When the orchestration looks, and what starts and events do to it.</summary>
public sealed class OrchestrationTimeTests(Storage storage)
{
    [Fact]
    public async Task An_event_wakes_it_earlier()
    {
        await using var run = await OrchestratedHead.StartAsync(storage);
        var start = DateTimeOffset.UtcNow;
        await run.Clock.StartAsync("nobody", start.AddSeconds(50), CancellationToken.None);
        await run.Clock.WakeEarlierAsync("nobody", start.AddSeconds(40), CancellationToken.None);
        await run.Clock.WakeEarlierAsync("nobody", start.AddSeconds(2), CancellationToken.None);
        // A later time than it knows changes nothing.
        await run.Clock.WakeEarlierAsync("nobody", start.AddSeconds(45), CancellationToken.None);
        await OrchestratedHead.UntilAsync(() => Task.FromResult(run.Looks("nobody").Count > 0), "look");
        Assert.InRange((run.Looks("nobody")[0] - start).TotalSeconds, 2, 35);
    }

    [Fact]
    public async Task A_text_that_waits_is_looked_at_when_its_time_is_up_and_not_before()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:10:00"));
        var (enrollment, verification) = await run.ContactAsync("text");
        await OrchestratedHead.UntilAsync(async () => (await run.SeeAsync(enrollment))["verification"]!["state"]!.ToString() == "waiting", "waiting text");
        var expiresAt = (await run.SeeAsync(enrollment))["verification"]!["expiresAt"]!.GetValue<DateTimeOffset>();
        Assert.Equal(expiresAt, (await run.LookAsync(verification)).Again!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_call_that_rings_is_looked_at_within_a_minute()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:10:00"));
        var (_, verification) = await run.ContactAsync("call");
        Assert.True((await run.LookAsync(verification)).Again <= DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task A_clock_whose_row_never_comes_ends_after_a_few_looks()
    {
        await using var run = await OrchestratedHead.StartAsync(storage);
        await run.Clock.StartAsync("nobody", DateTimeOffset.UtcNow, CancellationToken.None);
        await run.EndAsync("nobody");
        Assert.Equal(3, run.Looks("nobody").Count);
    }

    [Fact]
    public async Task A_start_of_one_that_runs_is_harmless()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:00:10"));
        var (enrollment, verification) = await run.ContactAsync("text");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => run.Clock.StartAsync(verification, DateTimeOffset.UtcNow, CancellationToken.None)));
        Assert.Equal("""{"State":"expired","Attempt":1}""", (await run.EndAsync(verification))!.ToJsonString());
        Assert.Equal("expired", (await run.SeeAsync(enrollment))["verification"]!["state"]!.ToString());
        Assert.Single((await run.PhoneAsync())["texts"]!.AsArray());
    }

    [Fact]
    public async Task One_that_has_ended_runs_again_finds_nothing_and_ends()
    {
        await using var run = await OrchestratedHead.StartAsync(storage, ("Policy:Lifetime", "00:00:06"));
        var (_, verification) = await run.ContactAsync("text");
        await run.EndAsync(verification);
        var looks = run.Looks(verification).Count;
        await run.Clock.WakeEarlierAsync(verification, DateTimeOffset.UtcNow, CancellationToken.None);
        await OrchestratedHead.UntilAsync(() => Task.FromResult(run.Looks(verification).Count > looks), "look of the new run");
        await run.EndAsync(verification);
        Assert.Equal(looks + 1, run.Looks(verification).Count);
    }

    [Fact]
    public async Task One_that_is_not_there_is_started_by_an_event()
    {
        await using var run = await OrchestratedHead.StartAsync(storage);
        await run.Clock.WakeEarlierAsync("nobody", DateTimeOffset.UtcNow, CancellationToken.None);
        await OrchestratedHead.UntilAsync(() => Task.FromResult(run.Looks("nobody").Count > 0), "look");
    }
}
