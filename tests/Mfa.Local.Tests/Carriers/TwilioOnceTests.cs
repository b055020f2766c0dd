using Mfa.Core;
using Mfa.Twilio;
using Mfa.Web;
using Microsoft.Extensions.Time.Testing;

namespace Mfa.Local.Tests;

/// <summary>Twilio knows no repeat by its id: before something whose outcome is unknown is sent again, its list is asked.</summary>
public sealed class TwilioOnceTests : IAsyncLifetime
{
    private const string Body = "Your code is 123456.";
    private TestNetwork _network = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _network = await TestNetwork.Start(new TwilioWire());

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task What_its_list_has_is_not_sent_again()
    {
        var sent = await SendText(Again(TestNetwork.Once()));
        Assert.Equal(sent, await SendText(Again(TestNetwork.Once())));
        Assert.Single(await Texts());
        Assert.Equal((1, 2), (Count("POST"), Count("GET")));
    }

    [Fact]
    public async Task It_is_asked_only_where_the_outcome_is_unknown()
    {
        await SendText(TestNetwork.Once());
        await SendText(TestNetwork.Once());
        Assert.Equal(2, (await Texts()).Length);
        Assert.Equal(0, Count("GET"));
    }

    [Fact]
    public async Task Another_body_is_not_it()
    {
        await SendText(TestNetwork.Once());
        await SendText(Again(TestNetwork.Once()), "Your code is 654321.");
        Assert.Equal([Body, "Your code is 654321."], (await Texts()).Select(text => text.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task An_older_one_is_not_it_but_for_what_clocks_differ()
    {
        await SendText(TestNetwork.Once());
        await SendText(Again(new(Guid.NewGuid(), DateTimeOffset.UtcNow.AddSeconds(50))));
        Assert.Single(await Texts());
        await SendText(Again(new(Guid.NewGuid(), DateTimeOffset.UtcNow.AddSeconds(70))));
        Assert.Equal(2, (await Texts()).Length);
    }

    [Fact]
    public async Task One_to_another_number_is_not_it()
    {
        var other = PhoneNumber.FromE164("+14255550124");
        await _network.Carrier.SendTextAsync(Text(TestNetwork.Once()) with { To = other }, Cancel);
        await _network.Carrier.PlaceCallAsync(Call(TestNetwork.Once()) with { To = other }, Cancel);
        await SendText(Again(TestNetwork.Once()));
        var call = await PlaceCall(Again(TestNetwork.Once()));
        Assert.Single(await Texts());
        await Rings(call);
    }

    [Fact]
    public async Task One_from_another_number_is_not_it()
    {
        var other = _network.CarrierWith(from: _network.Wire.OtherFrom);
        await other.SendTextAsync(Text(TestNetwork.Once()), Cancel);
        var another = (await other.PlaceCallAsync(Call(TestNetwork.Once()), Cancel)).Receipt;
        await SendText(Again(TestNetwork.Once()));
        Assert.Equal(2, (await Texts()).Length);
        Assert.NotEqual(another, await PlaceCall(Again(TestNetwork.Once())));
    }

    [Fact]
    public async Task An_older_call_is_not_it()
    {
        var older = await PlaceCall(TestNetwork.Once());
        Assert.Equal(older, await PlaceCall(Again(TestNetwork.Once())));
        Assert.NotEqual(older, await PlaceCall(Again(new(Guid.NewGuid(), DateTimeOffset.UtcNow.AddSeconds(30)))));
    }

    [Fact]
    public async Task A_call_that_is_over_already_is_it_all_the_same()
    {
        var once = TestNetwork.Once();
        await _network.Habit(new { calls = "busy" });
        var call = await PlaceCall(once);
        await _network.Service.Event<CallEnded>();
        Assert.Equal(call, await PlaceCall(Again(once)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(-60, false)]
    [InlineData(60, true)]
    public async Task A_call_that_was_over_before_it_was_asked_for_is_not_it(int? overAfter, bool isIt)
    {
        var now = DateTimeOffset.UtcNow;
        var over = overAfter is { } seconds ? $"\"{now.AddSeconds(seconds):r}\"" : "null";
        _network.Tap.Meets = request => request.Method == "GET" ? new(200, $"{{\"calls\":[{{\"sid\":\"CA1\",\"date_created\":\"{now:r}\",\"end_time\":{over}}}],\"page\":0,\"page_size\":50,\"start\":0,\"end\":0}}") : null;
        Assert.Equal(isIt, await PlaceCall(Again(TestNetwork.Once())) == "CA1");
    }

    // It tells whole seconds, and our clock may be two ahead of its.
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task A_call_of_the_same_second_is_it_but_for_what_clocks_differ(int ahead, bool isIt)
    {
        var second = new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);
        _network.Tap.Meets = request => request.Method == "GET" ? new(200, $"{{\"calls\":[{{\"sid\":\"CA1\",\"date_created\":\"{second:r}\"}}],\"page\":0,\"page_size\":50,\"start\":0,\"end\":0}}") : null;
        using var carrier = new TwilioCarrier(new TwilioWire().Settings(_network.Tap.Url, _network.Options), new FakeTimeProvider(DateTimeOffset.UtcNow), _network.Log.For<TwilioCarrier>());
        var placed = await carrier.PlaceCallAsync(Call(Again(new(Guid.NewGuid(), second.AddSeconds(ahead + 0.9)))), Cancel);
        Assert.Equal(isIt, placed.Receipt == "CA1");
    }

    [Fact]
    public async Task A_text_with_a_trials_words_before_it_is_it()
    {
        _network.Tap.Meets = request => request.Method == "GET"
            ? new(200, $"{{\"messages\":[{{\"sid\":\"SM1\",\"body\":\"Sent from your Twilio trial account - {Body}\",\"date_created\":\"{DateTimeOffset.UtcNow:r}\"}}],\"page\":0,\"page_size\":50,\"start\":0,\"end\":0}}")
            : null;
        Assert.Equal("SM1", await SendText(Again(TestNetwork.Once())));
        Assert.Equal(0, Count("POST"));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Twilios_clock_counts_however_wrong_ours_is(int hours)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(hours));
        using var carrier = new TwilioCarrier(new TwilioWire().Settings(_network.Tap.Url, _network.Options), time, _network.Log.For<TwilioCarrier>());
        var once = new Repeatable(Guid.NewGuid(), time.GetUtcNow());
        var (text, call) = (await carrier.SendTextAsync(Text(once), Cancel), await carrier.PlaceCallAsync(Call(once), Cancel));
        Assert.Equal((text, call), (await carrier.SendTextAsync(Text(Again(once)), Cancel), await carrier.PlaceCallAsync(Call(Again(once)), Cancel)));
        Assert.Single(await Texts());
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(null)]
    public async Task Without_the_list_nothing_is_sent(int? status)
    {
        _network.Tap.Meets = request => request.Method == "GET" ? new(status, "{}", "7") : null;
        Assert.Equal(TwilioAnswers.Unknown(), await _network.Carrier.SendTextAsync(Text(Again(TestNetwork.Once())), Cancel));
        Assert.Equal(TwilioAnswers.Unknown(), await _network.Carrier.PlaceCallAsync(Call(Again(TestNetwork.Once())), Cancel));
        Assert.Equal(0, Count("POST"));
        Assert.Empty(await Texts());
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"messages\":[{\"body\":7,\"date_created\":\"once\"}],\"calls\":[{\"date_created\":\"once\"}],\"page_size\":50}")]
    [InlineData("{\"messages\":")]
    public async Task A_list_that_can_not_be_read_is_none(string list)
    {
        _network.Tap.Meets = request => request.Method == "GET" ? new(200, list) : null;
        Assert.Equal(TwilioAnswers.Unknown(), await _network.Carrier.SendTextAsync(Text(Again(TestNetwork.Once())), Cancel));
        Assert.Equal(TwilioAnswers.Unknown(), await _network.Carrier.PlaceCallAsync(Call(Again(TestNetwork.Once())), Cancel));
        Assert.Equal(0, Count("POST"));
    }

    // The one case that can't be told: what is taken, and is in no list yet.
    [Fact]
    public async Task What_is_still_inside_of_Twilio_arrives_twice()
    {
        await _network.Habit(new { answers = "delayed" });
        var once = TestNetwork.Once();
        Assert.Equal(TwilioAnswers.Unknown(), await _network.Carrier.SendTextAsync(Text(once), Cancel));
        await _network.Habit(new { answers = "given" });
        await SendText(Again(once));
        await Until.True(async () => (await Texts()).Length == 2, "the second text");
        Assert.Single((await Texts()).Select(text => text.GetProperty("body").GetString()).Distinct());
    }

    private static Repeatable Again(Repeatable once) => once with { Again = true };

    private static OutgoingText Text(Repeatable once) => new(TestNetwork.Phone, Body, "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, once);

    private OutgoingCall Call(Repeatable once) => new(TestNetwork.Phone, _network.Service.Call, once);

    private async Task<string?> SendText(Repeatable once, string body = Body)
    {
        var answer = await _network.Carrier.SendTextAsync(Text(once) with { Body = body }, Cancel);
        Assert.Null(answer.Failure);
        return answer.Receipt;
    }

    private async Task<string?> PlaceCall(Repeatable once)
    {
        var answer = await _network.Carrier.PlaceCallAsync(Call(once), Cancel);
        Assert.Null(answer.Failure);
        return answer.Receipt;
    }

    private Task<System.Text.Json.JsonElement[]> Texts() => _network.Texts();

    private int Count(string method) => _network.Tap.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal));

    private async Task Rings(string? call) => await Until.True(
        async () => (await _network.Call()) is { ValueKind: System.Text.Json.JsonValueKind.Object } rings && rings.GetProperty("id").GetString() == call, "the call");
}
