using System.Net.Http.Json;
using Mfa.Core;
using Mfa.Twilio;
using Mfa.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Local.Tests;

/// <summary>Twilio's adapter. Calls wait for TwiML in the answer, too.</summary>
public sealed class TwilioCarrierTests : CarrierTests
{
    private protected override CarrierWire Wire { get; } = new TwilioWire();

    private protected override CarrierAnswer Unknown { get; } = TwilioAnswers.Unknown();

    private protected override CarrierAnswer Over { get; } = CarrierAnswer.Over();

    private protected override CarrierAnswer Unavailable { get; } = TwilioAnswers.Unknown();

    // It tells no difference.
    private protected override Reason OfDeclined => Reason.NoAnswer;

    private protected override string KeySetting => "Twilio__AuthTokens";

    [Fact]
    public async Task A_call_is_led_by_the_answers_to_its_webhooks()
    {
        Service.Next = e => e switch
        {
            CallConnected => new DialNext(Tones(e.CallId)),
            ExtensionDialled => new AskNext(Question(e.CallId, 1, 3)),
            KeysHeard { Prompt: 1 } => new AskNext(Question(e.CallId, 2, silence: 0)),
            NothingHeard => new SayLast(new("Tot <ziens> & dank.", "nl-NL")),
            _ => null,
        };
        await Network.Habit(new { calls = "answer" });
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel));
        await Network.Press("keys", "42#");
        var ended = await Service.Event<CallEnded>();
        Assert.Equal((call, null), (ended.CallId, ended.Reason));
        Assert.Equal("42#", (await Service.Event<KeysHeard>()).Keys);
        Assert.Equal(2, (await Service.Event<NothingHeard>()).Prompt);
        var last = await Network.Call();
        Assert.Equal("nl-NL", last.GetProperty("language").GetString());
        Assert.Equal(["[tones 2 0 4]", Words.Words, Words.Words, "Tot <ziens> & dank."], last.GetProperty("said").EnumerateArray().Select(line => line.GetString()));
        Assert.Single(Network.Tap.Requests);
        Assert.Equal(Service.Told.Count, Service.Told.OfType<CallEvent>().Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public async Task A_call_is_ended_by_the_answer_to_its_webhook()
    {
        Service.Next = _ => new EndNow();
        await Network.Habit(new { calls = "answer" });
        Taken(await Carrier.PlaceCallAsync(Call(), Cancel));
        Assert.Null((await Service.Event<CallEnded>()).Reason);
    }

    [Fact]
    public async Task The_last_words_end_the_call()
    {
        var call = await Network.AnsweredCall();
        Assert.Equal(CarrierAnswer.Done() with { EndsCall = true }, await Carrier.SayAsync(call, Words, Cancel));
        Assert.Equal(call, (await Service.Event<CallEnded>()).CallId);
        Assert.Equal(CarrierAnswer.Over(), await Carrier.HangUpAsync(call, Cancel));
    }

    [Fact]
    public async Task What_was_taken_is_to_be_looked_for_after_a_time()
    {
        Assert.NotNull((await Carrier.SendTextAsync(Text(), Cancel)).LookAfter);
        // Not while it still may ring.
        Assert.True((await Carrier.PlaceCallAsync(Call(), Cancel)).LookAfter > TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task That_it_has_taken_a_call_or_a_text_is_told_once_a_state()
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.SendTextAsync(Text(), Cancel));
        await Service.Event<TextDelivery>(e => e is { Delivered: null, Tag: "v/1" });
        await Until.True(() => Service.Told.OfType<CallPlaced>().Count() == 2, "initiated and ringing");
        var taken = Service.Told.OfType<CallPlaced>().ToList();
        Assert.All(taken, e => Assert.Equal((1, call), (e.Attempt, e.CallId)));
        Assert.Equal(taken.Count, taken.Select(e => e.EventId).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(90.2, 91)]
    [InlineData(100_000, 36_000)]
    public async Task A_text_is_not_delivered_once_it_is_of_no_use(double lasts, int seconds)
    {
        Taken(await Carrier.SendTextAsync(Text() with { Lasts = TimeSpan.FromSeconds(lasts) }, Cancel));
        var sent = QueryHelpers.ParseQuery(Assert.Single(Network.Tap.Bodies));
        Assert.Equal(["Body", "From", "StatusCallback", "To", "ValidityPeriod"], sent.Keys.Order(StringComparer.Ordinal));
        Assert.Equal($"{seconds}", sent["ValidityPeriod"]);
    }

    [Fact]
    public async Task A_text_goes_by_the_messaging_service_where_there_is_one()
    {
        var wire = new TwilioWire();
        using var carrier = new TwilioCarrier(
            wire.Settings(Network.Tap.Url, Network.Options) with { MessagingService = Network.Options.TwilioMessagingService }, TimeProvider.System, Network.Log.For<TwilioCarrier>());
        var once = TestNetwork.Once();
        var sent = Taken(await carrier.SendTextAsync(Text(once), Cancel));
        Assert.Equal(sent, Taken(await carrier.SendTextAsync(Text(once with { Again = true }), Cancel)));
        Assert.Single(await Network.Texts());
    }

    [Fact]
    public async Task An_API_key_makes_the_requests_where_there_is_one()
    {
        (Network.Options.TwilioApiKey, Network.Options.TwilioApiSecret) = ("SK" + new string('1', 32), "the secret of a key");
        using var carrier = new TwilioCarrier(
            new TwilioWire().Settings(Network.Tap.Url, Network.Options) with { AuthTokens = ["no token at all"], Key = (Network.Options.TwilioApiKey, Network.Options.TwilioApiSecret) },
            TimeProvider.System, Network.Log.For<TwilioCarrier>());
        Taken(await carrier.SendTextAsync(Text(), Cancel));
    }

    private protected override async Task OptOutAsync()
    {
        using var stop = await Network.Phones.PostAsJsonAsync("texts", new { to = Wire.From, body = "STOP" }, Cancel);
        await Service.Event<TextReceived>();
    }
}
