using Mfa.Core;
using Mfa.Twilio;

namespace Mfa.Functions.Tests;

public sealed class TwilioStatesTests
{
    private const string Sid = "CA00000000000000000000000000000001";

    [Theory]
    [InlineData("delivered", true)]
    [InlineData("read", true)]
    [InlineData("undelivered", false)]
    [InlineData("failed", false)]
    [InlineData("canceled", false)]
    [InlineData("accepted", null)]
    [InlineData("scheduled", null)]
    [InlineData("queued", null)]
    [InlineData("sending", null)]
    [InlineData("sent", null)]
    [InlineData("DELIVERED", null)]
    [InlineData("", null)]
    public void A_text_arrived_or_did_not_or_is_on_its_way(string state, bool? delivered) => Assert.Equal(delivered, TwilioStates.IsDelivered(state));

    [Theory]
    [InlineData("queued")]
    [InlineData("initiated")]
    [InlineData("ringing")]
    [InlineData("in-progress")]
    public void A_call_that_is_not_over_was_taken(string state) =>
        Assert.IsType<CallPlaced>(TwilioStates.OfCall(state, "", 2, Sid));

    [Theory]
    [InlineData("completed", "200", null)]
    [InlineData("completed", "486", null)]
    [InlineData("canceled", "487", null)]
    [InlineData("busy", "486", Reason.Busy)]
    [InlineData("busy", "", Reason.Busy)]
    [InlineData("no-answer", "487", Reason.NoAnswer)]
    [InlineData("no-answer", "603", Reason.NoAnswer)]
    [InlineData("failed", "404", Reason.Undeliverable)]
    [InlineData("failed", "484", Reason.Undeliverable)]
    [InlineData("failed", "", Reason.Undeliverable)]
    [InlineData("failed", "rubbish", Reason.Undeliverable)]
    [InlineData("failed", "486", Reason.Busy)]
    [InlineData("failed", "600", Reason.Busy)]
    [InlineData("failed", "408", Reason.NoAnswer)]
    [InlineData("failed", "480", Reason.NoAnswer)]
    [InlineData("failed", "487", Reason.NoAnswer)]
    [InlineData("failed", "603", Reason.Declined)]
    // The carriers' own trouble is no fact about the number, and what can't be known is none.
    [InlineData("failed", "500", Reason.CarrierDown)]
    [InlineData("failed", "503", Reason.CarrierDown)]
    [InlineData("failed", null, Reason.CarrierDown)]
    public void An_end_says_why(string state, string? sip, Reason? why)
    {
        var ended = Assert.IsType<CallEnded>(TwilioStates.OfCall(state, sip, 2, Sid));
        Assert.Equal((2, Sid, why), (ended.Attempt, ended.CallId, ended.Reason));
    }

    [Theory]
    [InlineData(30001, true)]
    [InlineData(30002, true)]
    [InlineData(30007, true)]
    [InlineData(30032, true)]
    [InlineData(30034, true)]
    [InlineData(0, false)]
    [InlineData(30003, false)]
    [InlineData(30005, false)]
    [InlineData(30006, false)]
    // Blocked for pumping: by another carrier it would cost the same.
    [InlineData(30450, false)]
    public void A_text_is_lost_for_the_carriers_own_reasons_or_the_numbers(int code, bool own) => Assert.Equal(own, TwilioStates.IsOwn(code));

    [Theory]
    [InlineData("")]
    [InlineData("answered")]
    [InlineData("Completed")]
    public void Another_state_tells_nothing(string state) => Assert.Null(TwilioStates.OfCall(state, "", 1, Sid));

    [Fact]
    public void One_state_of_one_call_is_one_event_however_it_is_learnt()
    {
        var told = TwilioStates.OfCall("failed", "503", 1, Sid)!.EventId;
        Assert.Equal(told, TwilioStates.OfCall("failed", "", 1, Sid)!.EventId);
        Assert.NotEqual(told, TwilioStates.OfCall("busy", "", 1, Sid)!.EventId);
        Assert.NotEqual(told, TwilioStates.OfCall("failed", "503", 1, Sid[..^1] + "2")!.EventId);
    }
}
