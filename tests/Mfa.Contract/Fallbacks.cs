using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>Two carriers: where the one that is asked first is down, the other takes over, and never do both have one text or call.</summary>
public abstract class Fallbacks(Storage storage) : LaptopTest(storage)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    protected override Dictionary<string, string?> Settings => new()
    {
        ["Carrier:Kind"] = ByAcs(First) ? "acs" : "twilio",
        ["Carrier:Fallback"] = ByAcs(First) ? "twilio" : "acs",
        ["Local:ClockRuns"] = "false",
    };

    protected override TimeProvider Time => _time;

    /// <summary>What the paths of the carrier that is asked first begin with.</summary>
    protected abstract string First { get; }

    [Theory]
    [InlineData(Pass.TooMany)]
    [InlineData(Pass.LockOut)]
    public async Task A_text_goes_by_the_other_at_once_where_the_first_is_down_and_is_replied_to_there(Pass down)
    {
        Laptop.Carrier.Decide = FirstIs(down);
        var id = await ContactAsync(expect: "waiting");
        Assert.Equal((1, 1), Asked());
        await Phone.TextAsync(Laptop.OtherSender, await Phone.CodeAsync());
        await User.WaitForVerificationAsync(id, "verified");
        Assert.Single(await Phone.TextsAsync());
    }

    [Fact]
    public async Task A_call_goes_by_the_other_at_once_where_the_first_is_down()
    {
        Laptop.Carrier.Decide = FirstIs(Pass.TooMany);
        var id = await ContactAsync("call", expect: "waiting");
        Assert.Equal((1, 1), Asked());
        await PressAsync(id);
        Assert.Equal((1, 1), Asked());
    }

    [Fact]
    public async Task While_the_first_is_well_the_other_is_not_asked()
    {
        var id = await ContactAsync(expect: "waiting");
        await Phone.TextAsync(Laptop.Sender, await Phone.CodeAsync());
        await User.WaitForVerificationAsync(id, "verified");
        Assert.Equal((1, 0), Asked());
    }

    [Fact]
    public async Task A_number_that_can_not_be_reached_is_not_tried_by_the_other()
    {
        await Phone.HabitAsync(texts: "refuse");
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        Assert.Equal("undeliverable", (await User.ContactAsync(id))["verification.reason"]);
        Assert.Equal((1, 0), Asked());
    }

    [Fact]
    public async Task What_may_have_been_sent_stays_with_its_carrier_and_the_next_text_goes_by_the_other()
    {
        Laptop.Carrier.Decide = FirstIs(Pass.Cut);
        var id = await ContactAsync(expect: "delivering");
        for (var look = 0; look < 9; look++)
        {
            Later();
            await User.SeeAsync(id);
        }

        Assert.Equal("outcome-unknown", (await User.SeeAsync(id))["verification.reason"]);
        Assert.Equal(0, Asked().Other);
        Assert.Empty(await Phone.TextsAsync());
        Assert.Equal("2", (await User.ContactAsync(id, new() { ["resend"] = true }))["verification.attempt"]);
        Assert.Equal(1, Asked().Other);
        Assert.Equal("verified", (await User.VerifyAsync(id, await Phone.CodeAsync()))["state"]);
    }

    /// <summary>Until another text may be asked for.</summary>
    protected void Later() => _time.Advance(TimeSpan.FromSeconds(32));

    /// <summary>Whether an address is one of ACS's.</summary>
    protected static bool ByAcs(string path) => !path.StartsWith("/2010-04-01/", StringComparison.Ordinal);

    private Func<Tapped, Task<Pass>> FirstIs(Pass down) => request => Task.FromResult(ByAcs(request.Path) == ByAcs(First) ? down : Pass.Through);

    /// <summary>How often each carrier was asked for a text or a call.</summary>
    protected (int First, int Other) Asked()
    {
        bool IsStart(Tapped r) => r.Method == "POST" && (r.Path.StartsWith("/sms?", StringComparison.Ordinal) || r.Path.StartsWith("/calling/callConnections?", StringComparison.Ordinal)
            || r.Path.EndsWith("/Messages.json", StringComparison.Ordinal) || r.Path.EndsWith("/Calls.json", StringComparison.Ordinal));
        return (Laptop.Carrier.Count(r => IsStart(r) && ByAcs(r.Path) == ByAcs(First)), Laptop.Carrier.Count(r => IsStart(r) && ByAcs(r.Path) != ByAcs(First)));
    }

    private async Task PressAsync(string id)
    {
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await User.WaitForVerificationAsync(id, "verified");
    }
}

/// <summary>Azure Communication Services first.</summary>
public sealed class FallbackToTwilio(Storage storage) : Fallbacks(storage)
{
    protected override string First => "/sms";
}

/// <summary>Twilio first.</summary>
public sealed class FallbackToAcs(Storage storage) : Fallbacks(storage)
{
    protected override string First => "/2010-04-01/";

    // A sender that is not registered, say: the first text is lost, and the next would be.
    [Fact]
    public async Task A_text_that_Twilio_lost_for_reasons_of_its_own_fails_nothing_and_the_next_goes_by_the_other()
    {
        var id = await ContactAsync(expect: "waiting");
        await Phone.CodeAsync();
        var lost = new TwilioPost(
            $"/callbacks/texts?verification={(await User.SeeAsync(id))["verification.id"]}&send=1",
            ("MessageSid", "SM" + new string('1', 32)), ("AccountSid", Laptop.Settings["Twilio:AccountSid"]!), ("From", Laptop.OtherSender), ("To", Phone.Number), ("MessageStatus", "undelivered"), ("ErrorCode", "30034"));
        Assert.Equal(200, (await lost.SendAsync(Laptop.Url, Laptop.Settings["Twilio:AuthTokens"])).Status);
        var seen = await User.SeeAsync(id);
        Assert.Equal(("waiting", "carrier-down"), (seen["verification.state"], seen["verification.reason"]));
        Assert.Equal((1, 0), Asked());
        Later();
        Assert.Equal("2", (await User.ContactAsync(id, new() { ["resend"] = true }))["verification.attempt"]);
        Assert.Equal((1, 1), Asked());
        Assert.Equal("verified", (await User.VerifyAsync(id, await Phone.CodeAsync(2)))["state"]);
    }
}
