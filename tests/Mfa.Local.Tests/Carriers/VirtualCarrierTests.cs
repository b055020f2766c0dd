using System.Net.Http.Json;
using System.Text.Json;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

public sealed class VirtualCarrierTests : IAsyncLifetime
{
    private static readonly SpokenText s_words = new("Press pound.", "en-US");
    private TestNetwork _network = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _network = await TestNetwork.Start();

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task A_text_arrives_once_however_often_it_is_sent()
    {
        var text = new OutgoingText(TestNetwork.Phone, "Your code is 123456.", "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, TestNetwork.Once());
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.SendTextAsync(text, Cancel));
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.SendTextAsync(text, Cancel));
        var arrived = Assert.Single((await _network.Handset()).GetProperty("texts").EnumerateArray());
        Assert.Equal(text.Body, arrived.GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_call_rings_once_however_often_it_is_placed()
    {
        var call = new OutgoingCall(TestNetwork.Phone, _network.Callback, TestNetwork.Once());
        var first = await _network.Carrier.PlaceCallAsync(call, Cancel);
        Assert.NotNull(first.Receipt);
        Assert.Equal(first, await _network.Carrier.PlaceCallAsync(call, Cancel));
        Assert.Equal(first.Receipt, (await _network.Handset()).GetProperty("call").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(1, "#", "[\"pound\"]")]
    [InlineData(3, "42#", "[\"four\",\"two\"]")]
    public async Task A_question_hears_the_keys(int keys, string pressed, string tones)
    {
        var call = await _network.AnsweredCall();
        var question = new CallQuestion(call, TestNetwork.Phone, s_words, 7, keys, TimeSpan.FromSeconds(9.5), _network.Callback);
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.AskAsync(question, Cancel));
        await _network.Phones.PostAsJsonAsync("keys", new { keys = pressed }, Cancel);
        var heard = await _network.Event("RecognizeCompleted");
        Assert.Equal("7", heard.GetProperty("operationContext").GetString());
        Assert.Equal(tones, JsonSerializer.Serialize(heard.GetProperty("dtmfResult").GetProperty("tones")));
    }

    [Fact]
    public async Task Words_are_said_and_the_call_is_ended()
    {
        var call = await _network.AnsweredCall();
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.SayAsync(call, s_words, Cancel));
        await _network.Event("PlayCompleted");
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.HangUpAsync(call, Cancel));
        var ended = (await _network.Handset()).GetProperty("call");
        Assert.Equal("ended", ended.GetProperty("state").GetString());
        Assert.Contains("Press pound.", ended.GetProperty("said").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_is_dialled_once_however_often_it_is_sent()
    {
        var call = await _network.AnsweredCall();
        var tones = new OutgoingTones(call, TestNetwork.Phone, "204", 1, _network.Callback, TestNetwork.Once());
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.DialAsync(tones, Cancel));
        Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.DialAsync(tones, Cancel));
        Assert.Equal("1", (await _network.Event("SendDtmfTonesCompleted")).GetProperty("operationContext").GetString());
        Assert.Equal("[tones 2 0 4]", Assert.Single((await _network.Handset()).GetProperty("call").GetProperty("said").EnumerateArray()).GetString());
        Assert.DoesNotContain("204", $"{tones}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_over_or_was_never_there_is_no_failure()
    {
        var call = await _network.AnsweredCall();
        await _network.Phones.PostAsync("hangup", null, Cancel);
        await _network.Event("CallDisconnected");
        foreach (var id in new[] { call, Guid.NewGuid().ToString(), "a/b?c" })
        {
            Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.AskAsync(new(id, TestNetwork.Phone, s_words, 1, 1, TimeSpan.FromSeconds(5), _network.Callback), Cancel));
            Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.DialAsync(new(id, TestNetwork.Phone, "12", 1, _network.Callback, TestNetwork.Once()), Cancel));
            Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.SayAsync(id, s_words, Cancel));
            Assert.Equal(CarrierAnswer.Done(), await _network.Carrier.HangUpAsync(id, Cancel));
        }
    }

    [Fact]
    public async Task A_number_that_takes_no_texts_is_undeliverable()
    {
        await _network.Phones.PutAsJsonAsync("habit", new { texts = "refuse" }, Cancel);
        Assert.Equal(CarrierAnswer.No(Reason.Undeliverable), await SendText());
    }

    [Fact]
    public async Task A_wrong_key_is_told_to_the_operator_and_not_to_the_user()
    {
        using var carrier = _network.CarrierWith(Convert.ToBase64String("a wrong key"u8));
        Assert.Equal(CarrierAnswer.NotNow(), await SendText(carrier));
        Assert.Contains("Carrier__ConnectionString", Assert.Single(_network.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_gone_has_sent_nothing()
    {
        await _network.StopNetwork();
        Assert.Equal(CarrierAnswer.NotNow(), await SendText());
    }

    [Fact]
    public async Task No_log_line_holds_a_number_or_a_body()
    {
        await _network.Phones.PutAsJsonAsync("habit", new { texts = "refuse" }, Cancel);
        await SendText();
        await _network.StopNetwork();
        await SendText();
        Assert.NotEmpty(_network.Log.Text);
        Assert.DoesNotContain("4255550123", _network.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("123456", _network.Log.Text, StringComparison.Ordinal);
    }

    private Task<CarrierAnswer> SendText(VirtualCarrier? carrier = null) =>
        (carrier ?? _network.Carrier).SendTextAsync(new(TestNetwork.Phone, "Your code is 123456.", "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, TestNetwork.Once()), Cancel);
}
