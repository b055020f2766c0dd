using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

// What goes wrong with a number, and what is told of it.
public abstract partial class CarrierTests
{
    [Theory]
    [InlineData("busy", Reason.Busy)]
    [InlineData("no-answer", Reason.NoAnswer)]
    [InlineData("unreachable", Reason.Undeliverable)]
    [InlineData("decline", null)]
    public async Task A_call_that_nobody_takes_tells_why(string habit, Reason? why)
    {
        await Network.Habit(new { calls = habit });
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel));
        var ended = await Service.Event<CallEnded>();
        Assert.Equal((1, call, why ?? OfDeclined), (ended.Attempt, ended.CallId, ended.Reason));
        Assert.Empty(Service.Told.OfType<CallConnected>());
    }

    [Fact]
    public async Task A_number_that_takes_no_texts_is_undeliverable()
    {
        await Network.Habit(new { texts = "refuse" });
        Assert.Equal(CarrierAnswer.No(Reason.Undeliverable), await Carrier.SendTextAsync(Text(), Cancel));
    }

    [Fact]
    public async Task A_number_that_wants_no_texts_has_opted_out()
    {
        await OptOutAsync();
        Assert.Equal(CarrierAnswer.No(Reason.OptedOut), await Carrier.SendTextAsync(Text(), Cancel));
    }

    [Fact]
    public async Task A_text_that_does_not_arrive_is_told()
    {
        await Network.Habit(new { texts = "fail" });
        Taken(await Carrier.SendTextAsync(Text(), Cancel));
        var report = await Service.Event<TextDelivery>(e => e.Delivered is not null);
        Assert.Equal(("v/1", false), (report.Tag, report.Delivered));
    }

    [Fact]
    public async Task A_phone_that_hangs_up_ends_the_call()
    {
        var call = await Network.AnsweredCall();
        await Network.Press("hangup");
        var ended = await Service.Event<CallEnded>();
        Assert.Equal((1, call, null), (ended.Attempt, ended.CallId, ended.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_hung_up_whether_it_rings_or_goes_on(bool answered)
    {
        var call = answered ? await Network.AnsweredCall() : Taken(await Carrier.PlaceCallAsync(Call(), Cancel))!;
        await Until.True(async () => (await Network.Handset()).GetProperty("call").ValueKind == System.Text.Json.JsonValueKind.Object, "a call");
        Taken(await Carrier.HangUpAsync(call, Cancel));
        await Ended();
        Assert.Null((await Service.Event<CallEnded>()).Reason);
    }

    [Fact]
    public async Task A_call_that_is_over_or_was_never_there_is_no_failure()
    {
        var call = await Network.AnsweredCall();
        await Network.Press("hangup");
        await Service.Event<CallEnded>();
        foreach (var id in new[] { call, Wire.NoCall, "a/b?c" })
        {
            foreach (var what in InCalls)
            {
                Assert.Equal(Over, await Do(what, call: id));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_wrong_key_has_done_nothing_and_is_told_to_the_operator(string what)
    {
        var carrier = Network.CarrierWith(key: Convert.ToBase64String("a wrong key"u8));
        Assert.Equal(CarrierAnswer.NotNow(), await Do(what, carrier: carrier));
        Assert.Contains(KeySetting, Assert.Single(Network.Log.Errors), StringComparison.Ordinal);
        await NothingArrived();
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_carrier_that_asks_for_patience_gets_it(string what)
    {
        Network.Tap.Meets = _ => new(429, "{}", "7");
        Assert.Equal(CarrierAnswer.NotNow(TimeSpan.FromSeconds(7)), await Do(what));
        Network.Tap.Meets = _ => new(429, "", DateTimeOffset.UtcNow.AddMinutes(5).ToString("r"));
        Assert.InRange((await Do(what)).Failure!.RetryAfter!.Value, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
        Network.Tap.Meets = _ => new(429);
        Assert.Equal(CarrierAnswer.NotNow(), await Do(what));
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task What_a_carrier_did_is_told_apart_from_what_nobody_knows(string what)
    {
        Network.Tap.Meets = _ => new(503);
        Assert.Equal(Unavailable, await Do(what));
        Network.Tap.Meets = _ => Fate.Cut;
        Assert.Equal(Unknown, await Do(what));
        using var patience = new CancellationTokenSource();
        Network.Tap.Meets = _ =>
        {
            patience.CancelAfter(TimeSpan.FromMilliseconds(1));
            return Fate.Silence;
        };
        Assert.Equal(Unknown, await Do(what, patience.Token));
        Assert.Equal(3, Network.Tap.Requests.Count);
        await NothingArrived();
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_carrier_that_is_not_there_has_done_nothing(string what)
    {
        Assert.Equal(CarrierAnswer.NotNow(), await Do(what, carrier: Network.CarrierWith(endpoint: new("http://nowhere.invalid/"))));
        var url = Network.Url;
        await Network.Stop();
        Assert.Equal(CarrierAnswer.NotNow(), await Do(what, carrier: Network.CarrierWith(endpoint: new(url))));
    }

    [Fact]
    public async Task No_log_line_holds_a_number_or_a_body()
    {
        await Network.Habit(new { texts = "refuse" });
        Fate?[] fates = [null, Fate.Cut, new(401), new(400, $"{{\"code\":21211,\"message\":\"{TestNetwork.Number} {Body}\"}}"), new(201, TestNetwork.Number), new(302), new(500)];
        foreach (var fate in fates)
        {
            Network.Tap.Meets = _ => fate;
            foreach (var what in All)
            {
                await Do(what);
            }
        }

        Assert.NotEmpty(Network.Log.Warnings);
        foreach (var secret in new[] { TestNetwork.Number[1..], Wire.From[1..], "123456", Words.Words, "204" })
        {
            Assert.DoesNotContain(secret, Network.Log.Text, StringComparison.Ordinal);
        }
    }

    private async Task NothingArrived()
    {
        var phone = await Network.Handset();
        Assert.Equal((0, System.Text.Json.JsonValueKind.Null), (phone.GetProperty("texts").GetArrayLength(), phone.GetProperty("call").ValueKind));
    }
}
