using Xunit;

namespace Mfa.Contract;

/// <summary>Calls that do not verify.</summary>
public class CallFailures(Storage storage) : Failures(storage)
{
    [Theory]
    [InlineData("no-answer", "no-answer")]
    [InlineData("busy", "busy")]
    [InlineData("decline", null)]
    public async Task An_unanswered_call_is_placed_three_times(string habit, string? reason)
    {
        await Phone.HabitAsync(calls: habit);
        var id = await ContactAsync("call");
        var ended = await AssertEndsAsync(id, "failed", reason ?? Declined);
        Assert.Equal("3", ended["verification.attempt"]);
        Assert.Equal(3, Laptop.CallsAskedFor);
    }

    /// <summary>What the carrier tells of a call that was declined.</summary>
    protected virtual string Declined => "declined";

    [Fact]
    public async Task Voicemail_presses_no_key()
    {
        await Phone.HabitAsync(calls: "voicemail");
        var id = await ContactAsync("call");
        await AssertEndsAsync(id, "failed", "no-key");
        await Phone.EndsAsync();
        Assert.Equal(3, (await Phone.CallAsync())!["said"]!.AsArray().Count(s => s!.ToString().Contains("press the pound key", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Three_wrong_keys_end_the_call()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.PressAsync("5");
        await Phone.SaysAsync("not recognized");
        await Phone.PressAsync("6");
        await Phone.PressAsync("7");
        await AssertEndsAsync(id, "failed", "wrong-key");
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task Hanging_up_before_a_key_fails()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.HangUpAsync();
        await AssertEndsAsync(id, "failed", "hung-up");
    }

    [Fact]
    public async Task Zero_and_pound_report_fraud_once_confirmed_and_the_method_rests()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("0#");
        await Phone.SaysAsync("To confirm, press one");
        Assert.Equal("waiting", (await User.SeeAsync(id))["verification.state"]);
        await Phone.PressAsync("1");
        await AssertEndsAsync(id, "fraudReported", null);
        await Phone.SaysAsync("Your report is passed on");

        var again = await Handset.UntilAsync(() => User.ContactAsync(id), r => r.Status == 429, "429");
        Assert.Equal("method-paused", again.Code);
        Assert.InRange(again.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 50, 60);
    }
}
