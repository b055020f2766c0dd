using Xunit;

namespace Mfa.Contract;

/// <summary>What it does not tell is found out by asking.</summary>
public sealed partial class ShyCarrier
{
    // Why a call failed stands in its news alone.
    [Theory]
    [InlineData("busy", "busy")]
    [InlineData("no-answer", "no-answer")]
    [InlineData("unreachable", "carrier-down")]
    public async Task A_call_whose_end_it_told_nobody_of_is_found_out_and_the_next_one_is_placed(string habit, string reason)
    {
        await Phone.HabitAsync(calls: habit, events: "lost");
        var id = await ContactAsync("call", expect: "waiting");
        await Phone.EndsAsync();
        var found = await FoundAsync(id, TimeSpan.FromSeconds(75), seen => seen.Text("verification.retryAt") is not null);
        Assert.Equal((reason, "1"), (found["verification.reason"], found["verification.attempt"]));
        await Phone.HabitAsync();
        Assert.Equal("2", (await LaterAsync(id, TimeSpan.FromSeconds(20)))["verification.attempt"]);
        await ProveAsync(id, "call");
        Assert.Equal(2, Laptop.CallsAskedFor);
    }

    // Its answer may be lost, too: that the text is on its way is known by its news.
    [Theory]
    [InlineData("given", "waiting")]
    [InlineData("dropped", null)]
    public async Task A_phone_that_no_text_gets_to_is_found_out(string answers, string? state)
    {
        _front.Decide = request => Task.FromResult(request.Body.Contains("MessageStatus=undelivered", StringComparison.Ordinal) ? Pass.Cut : Pass.Through);
        await Phone.HabitAsync(texts: "fail", answers: answers);
        var id = await ContactAsync(expect: state);
        await User.WaitForVerificationAsync(id, "waiting");
        await Handset.UntilAsync(() => Task.FromResult(_front.Count(r => r.Body.Contains("MessageStatus=undelivered", StringComparison.Ordinal))), n => n > 0, "news that is lost");
        var found = await FoundAsync(id, TimeSpan.FromSeconds(45), seen => seen["verification.state"] == "failed");
        Assert.Equal("undeliverable", found["verification.reason"]);
        AssertAsked(once: "text");
    }

    // Where nobody was contacted nobody is asked: who may not know that must not see it by the time.
    [Fact]
    public async Task Who_reads_does_not_wait_until_it_says_what_became_of_a_text()
    {
        await Phone.HabitAsync(texts: "fail", events: "lost");
        var id = await ContactAsync(expect: "waiting");
        var said = new TaskCompletionSource();
        Laptop.Carrier.Decide = async _ =>
        {
            await said.Task;
            return Pass.Through;
        };
        var seen = await LaterAsync(id, TimeSpan.FromSeconds(45)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("waiting", seen["verification.state"]);
        said.SetResult();
        Assert.Equal("undeliverable", (await User.WaitForVerificationAsync(id, "failed"))["verification.reason"]);
    }

    [Fact]
    public async Task A_text_that_arrived_is_found_out_and_asked_about_no_more()
    {
        await Phone.HabitAsync(events: "lost");
        var id = await ContactAsync(expect: "waiting");
        var version = (await User.SeeAsync(id))["version"];
        await FoundAsync(id, TimeSpan.FromSeconds(45), seen => seen["version"] != version && Laptop.Carrier.Count(r => r.Method == "GET") == 1);
        // Nothing but the deadline is left.
        await Handset.UntilAsync(() => CrashRun.RestAsync(Laptop, id), rest => rest.WakeAt > _time.GetUtcNow().AddMinutes(6), "rest");
        Assert.Equal("waiting", (await LaterAsync(id, TimeSpan.FromMinutes(5)))["verification.state"]);
        Assert.Equal(1, Laptop.Carrier.Count(r => r.Method == "GET"));
    }

    [Fact]
    public async Task A_call_that_was_hung_up_and_that_it_told_nobody_of_ends_when_it_is_spoken_to()
    {
        await Phone.HabitAsync(events: "lost");
        var id = await ContactAsync("call", expect: "waiting");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.HangUpAsync();
        Assert.Equal("waiting", (await User.SeeAsync(id))["verification.state"]);
        await LaterAsync(id, TimeSpan.FromSeconds(60));
        Assert.Equal("failed", (await LaterAsync(id, TimeSpan.FromSeconds(3)))["verification.state"]);
        AssertAsked(once: "call");
    }

    // It is not asked what to do: Twilio says that there was an error, and ends the call.
    [Fact]
    public async Task A_call_that_found_nobody_to_ask_is_over_and_the_next_one_verifies()
    {
        _front.Down = true;
        var id = await ContactAsync("call", expect: "waiting");
        await Phone.AnswerAsync();
        await Phone.EndsAsync();
        _front.Down = false;
        var found = await FoundAsync(id, TimeSpan.FromSeconds(75), seen => seen.Text("verification.retryAt") is not null);
        Assert.Equal(("waiting", "1"), (found["verification.state"], found["verification.attempt"]));
        await LaterAsync(id, TimeSpan.FromSeconds(20));
        await ProveAsync(id, "call");
        Assert.Equal(2, Laptop.CallsAskedFor);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_any_more_is_hung_up_while_it_rings()
    {
        var id = await ContactAsync(expect: "waiting");
        var call = "CA" + new string('1', 32);
        var rings = new TwilioPost($"/callbacks/calls/{id}-7/1?on=status", ("CallSid", call), ("AccountSid", Laptop.Settings["Twilio:AccountSid"]!), ("To", Phone.Number), ("CallStatus", "ringing"));
        Assert.Equal(200, (await rings.SendAsync(_front.Url, Laptop.Settings["Twilio:AuthTokens"])).Status);
        Assert.Contains(HungUp(), path => path.Contains(call, StringComparison.Ordinal));
    }
}
