using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>What Twilio says when it is asked, beside what it tells by itself: the same, with the same ids.</summary>
public sealed class TwilioLookTests : IAsyncLifetime
{
    private TestNetwork _network = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _network = await TestNetwork.Start(new TwilioWire());

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Theory]
    [InlineData("busy")]
    [InlineData("no-answer")]
    [InlineData("decline")]
    public async Task The_end_of_a_call_is_found_as_it_is_told(string habit)
    {
        await _network.Habit(new { calls = habit });
        var call = await Place();
        Assert.Equal(await _network.Service.Event<CallEnded>(), await Look(call));
    }

    // Why it failed stands in its news alone: so the next may come through.
    [Fact]
    public async Task A_call_that_could_not_be_placed_is_found_without_the_reason()
    {
        await _network.Habit(new { calls = "unreachable" });
        var call = await Place();
        var told = await _network.Service.Event<CallEnded>();
        Assert.Equal(Reason.Undeliverable, told.Reason);
        Assert.Equal(told with { Reason = Reason.CarrierDown }, await Look(call));
    }

    [Fact]
    public async Task A_call_that_rings_or_goes_on_is_not_decided_and_one_that_was_hung_up_is()
    {
        var call = await Place();
        Assert.Null(await Look(call));
        await _network.Press("answer");
        await _network.Service.Event<CallConnected>();
        Assert.Null(await Look(call));
        await _network.Press("hangup");
        Assert.Equal(await _network.Service.Event<CallEnded>(), await Look(call));
    }

    [Fact]
    public async Task A_call_that_we_hung_up_while_it_rang_is_over()
    {
        var call = await Place();
        await _network.Carrier.HangUpAsync(call, Cancel);
        Assert.Null(Assert.IsType<CallEnded>(await Look(call)).Reason);
    }

    [Fact]
    public async Task A_call_or_a_text_that_is_queued_is_not_decided()
    {
        _network.Options.TwilioQueueFor = TimeSpan.FromMinutes(1);
        Assert.Null(await Look(await Place()));
        Assert.Null(await Look(await Send(), How.Text));
    }

    [Theory]
    [InlineData("deliver", true)]
    [InlineData("fail", false)]
    public async Task What_became_of_a_text_is_found_as_it_is_told(string habit, bool arrives)
    {
        await _network.Habit(new { texts = habit });
        var text = await Send();
        var told = await _network.Service.Event<TextDelivery>(e => e.Delivered is not null);
        Assert.Equal(new TextReported(told.EventId, 2, arrives), await Look(text, How.Text, attempt: 2));
    }

    [Fact]
    public async Task What_was_lost_on_its_way_is_found()
    {
        await _network.Habit(new { events = "lost", calls = "no-answer", texts = "fail" });
        var (call, text) = (await Place(), await Send());
        await Until.True(async () => await Look(call) is CallEnded { Reason: Reason.NoAnswer }, "the end of the call");
        await Until.True(async () => await Look(text, How.Text) is TextReported { Delivered: false }, "the end of the text");
        Assert.Empty(_network.Service.Told);
    }

    [Fact]
    public async Task What_can_not_be_found_out_is_not_decided()
    {
        Assert.Null(await Look(_network.Wire.NoCall));
        Assert.Null(await Look("SM" + new string('0', 32), How.Text));
        var call = await Place();
        await _network.Carrier.HangUpAsync(call, Cancel);
        foreach (var fate in new Fate[] { new(401), new(429), new(503), new(200, "<html>"), new(200, "{}"), new(200, "null"), new(200, ""), Fate.Cut })
        {
            _network.Tap.Meets = _ => fate;
            Assert.Null(await Look(call));
            Assert.Null(await Look(call, How.Text));
        }
    }

    private Task<CarrierEvent?> Look(string receipt, How how = How.Call, int attempt = 1) => _network.Carrier.LookUpAsync(receipt, how, attempt, Cancel);

    private async Task<string> Place() => (await _network.Carrier.PlaceCallAsync(new(TestNetwork.Phone, _network.Service.Call, TestNetwork.Once()), Cancel)).Receipt!;

    private async Task<string> Send() =>
        (await _network.Carrier.SendTextAsync(new(TestNetwork.Phone, "Your code is 123456.", "v/1", _network.Service.Text, TestNetwork.Lasts, TestNetwork.Once()), Cancel)).Receipt!;
}
