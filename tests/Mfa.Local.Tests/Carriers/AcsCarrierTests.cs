using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>Azure Communication Services' adapter of the laptop. It is repeated by an id.</summary>
public sealed class AcsCarrierTests : CarrierTests
{
    private protected override CarrierWire Wire { get; } = new AcsWire();

    private protected override CarrierAnswer Unknown { get; } = CarrierAnswer.Unknown();

    private protected override CarrierAnswer Over { get; } = CarrierAnswer.Done();

    private protected override CarrierAnswer Unavailable { get; } = CarrierAnswer.NotNow();

    private protected override Reason OfDeclined => Reason.Declined;

    private protected override string KeySetting => "Carrier__ConnectionString";

    [Fact]
    public async Task A_text_arrives_once_however_often_it_is_sent()
    {
        var text = Text();
        Assert.Equal(CarrierAnswer.Done(), await Carrier.SendTextAsync(text, Cancel));
        Assert.Equal(CarrierAnswer.Done(), await Carrier.SendTextAsync(text, Cancel));
        Assert.Equal(text.Body, Assert.Single(await Network.Texts()).GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_call_rings_once_however_often_it_is_placed()
    {
        var call = Call();
        var first = await Carrier.PlaceCallAsync(call, Cancel);
        Assert.Equal(CarrierAnswer.Done(Assert.IsType<string>(first.Receipt)), first);
        Assert.Equal(first, await Carrier.PlaceCallAsync(call, Cancel));
        Assert.Equal(first.Receipt, (await Network.Call()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_extension_is_dialled_once_however_often_it_is_sent()
    {
        var call = await Network.AnsweredCall();
        var tones = Tones(call);
        Assert.Equal(CarrierAnswer.Done(), await Carrier.DialAsync(tones, Cancel));
        Assert.Equal(CarrierAnswer.Done(), await Carrier.DialAsync(tones, Cancel));
        await Service.Event<ExtensionDialled>();
        Assert.Equal("[tones 2 0 4]", Assert.Single((await Network.Call()).GetProperty("said").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Tones_that_can_not_be_sent_are_told()
    {
        await Network.Habit(new { tones = "fail" });
        var call = await Network.AnsweredCall();
        Taken(await Carrier.DialAsync(Tones(call), Cancel));
        Assert.Equal(1, (await Service.Event<ExtensionNotDialled>()).Part);
    }

    [Fact]
    public async Task The_end_of_the_words_is_told_and_the_call_goes_on()
    {
        var call = await Network.AnsweredCall();
        Assert.Equal(CarrierAnswer.Done(), await Carrier.SayAsync(call, Words, Cancel));
        Assert.Equal(call, (await Service.Event<LastWordsSaid>()).CallId);
        Assert.Equal("answered", (await Network.Call()).GetProperty("state").GetString());
        Assert.Equal(CarrierAnswer.Done(), await Carrier.HangUpAsync(call, Cancel));
        await Ended();
    }

    [Fact]
    public async Task What_became_of_something_can_not_be_asked()
    {
        var call = await Network.AnsweredCall();
        Assert.Null(await Carrier.LookUpAsync(call, How.Call, 1, Cancel));
    }

    // The network has no list of those who said STOP on this wire.
    private protected override Task OptOutAsync()
    {
        Network.Tap.Meets = _ => new(202, "{\"value\":[{\"successful\":false,\"httpStatusCode\":400,\"errorMessage\":\"The recipient has opted out of messages from your number.\"}]}");
        return Task.CompletedTask;
    }
}
