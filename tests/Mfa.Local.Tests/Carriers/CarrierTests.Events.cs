using System.Net.Http.Json;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

// Events that come twice, in another order, before the answer, or late; and requests that are made again.
public abstract partial class CarrierTests
{
    [Fact]
    public async Task What_is_told_twice_is_the_same_event()
    {
        await Network.Habit(new { events = "twice" });
        await Everyday();
        await Until.True(() => Service.Told.GroupBy(e => e).All(e => e.Count() == 2), "everything twice");
        Assert.Equal(Service.Told.OfType<CarrierEvent>().Select(e => e.EventId).Distinct().Count() * 2, Service.Told.OfType<CarrierEvent>().Count());
    }

    [Theory]
    [InlineData("shuffled")]
    [InlineData("late")]
    [InlineData("early")]
    public async Task In_any_order_the_same_is_told(string events)
    {
        await Network.Habit(new { events });
        await Everyday();
    }

    [Fact]
    public async Task An_event_that_overtakes_the_answer_is_of_the_same_call()
    {
        await Network.Habit(new { events = "early", calls = "busy" });
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel));
        Assert.Equal(call, Assert.IsAssignableFrom<CallEvent>(Service.Told[0]).CallId);
    }

    [Fact]
    public async Task A_text_whose_answer_was_lost_arrives_once()
    {
        var once = TestNetwork.Once();
        await LosesAnswer("text", Text(once), Carrier.SendTextAsync);
        Taken(await Carrier.SendTextAsync(Text(once with { Again = true }), Cancel));
        Assert.Single(await Network.Texts());
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_rings_once()
    {
        var once = TestNetwork.Once();
        await LosesAnswer("call", Call(once), Carrier.PlaceCallAsync);
        await Until.True(async () => (await Network.Handset()).GetProperty("call").ValueKind == System.Text.Json.JsonValueKind.Object, "a call");
        var call = Taken(await Carrier.PlaceCallAsync(Call(once with { Again = true }), Cancel));
        var rings = await Network.Call();
        Assert.Equal((call, "ringing"), (rings.GetProperty("id").GetString(), rings.GetProperty("state").GetString()));
        await Network.Press("answer");
        Assert.Equal(call, (await Service.Event<CallConnected>()).CallId);
        Assert.Empty(Service.Told.OfType<CallEnded>());
    }

    // All that is told of a text, a reply and a call with a question.
    private async Task Everyday()
    {
        Taken(await Carrier.SendTextAsync(Text(), Cancel));
        await Service.Event<TextDelivery>(e => e.Delivered == true);
        using var reply = await Network.Phones.PostAsJsonAsync("texts", new { to = Wire.From, body = "123456" }, Cancel);
        await Service.Event<TextReceived>();
        await Network.Habit(new { calls = "answer" });
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel))!;
        await Service.Event<CallConnected>();
        Taken(await Carrier.AskAsync(Question(call), Cancel));
        await Network.Press("keys", "#");
        Assert.Equal("#", (await Service.Event<KeysHeard>()).Keys);
        Taken(await Carrier.HangUpAsync(call, Cancel));
        await Service.Event<CallEnded>();
    }

    private async Task LosesAnswer<T>(string what, T order, Func<T, CancellationToken, Task<CarrierAnswer>> ask)
    {
        Network.Tap.Meets = _ => Fate.LosesAnswer;
        Assert.Equal(Unknown, await ask(order, Cancel));
        Network.Tap.Meets = _ => null;
        Assert.True(Network.Tap.Requests.Count == 1, what);
    }
}
