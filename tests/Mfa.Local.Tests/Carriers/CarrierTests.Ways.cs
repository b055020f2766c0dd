using System.Net.Http.Json;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

// The four ways, as they go well.
public abstract partial class CarrierTests
{
    [Fact]
    public async Task A_text_arrives_and_its_report_has_its_tag()
    {
        Taken(await Carrier.SendTextAsync(Text(), Cancel));
        var report = await Service.Event<TextDelivery>(e => e.Delivered is not null);
        Assert.Equal(("v/1", true), (report.Tag, report.Delivered));
        var text = Assert.Single(await Network.Texts());
        Assert.Equal((Body, Wire.From), (text.GetProperty("body").GetString(), text.GetProperty("from").GetString()));
    }

    [Fact]
    public async Task A_reply_is_told_with_both_numbers_and_one_to_another_number_is_not()
    {
        using var other = await Network.Phones.PostAsJsonAsync("texts", new { to = Wire.OtherFrom, body = "not for us" }, Cancel);
        using var ours = await Network.Phones.PostAsJsonAsync("texts", new { to = Wire.From, body = "123456 “ja”" }, Cancel);
        var reply = await Service.Event<TextReceived>();
        Assert.Equal((TestNetwork.Number, Wire.From, "123456 “ja”"), (E164(reply.From), E164(reply.To), reply.Body));
        Assert.Equal([reply], Service.Told);
        Assert.DoesNotContain("123456", $"{reply}", StringComparison.Ordinal);

        static string E164(string number) => "+" + number.TrimStart('+');
    }

    [Fact]
    public async Task A_call_rings_and_is_answered()
    {
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel));
        await Network.Press("answer");
        var connected = await Service.Event<CallConnected>();
        Assert.Equal((1, call), (connected.Attempt, connected.CallId));
        var rang = await Network.Call();
        Assert.Equal((call, Wire.From), (rang.GetProperty("id").GetString(), rang.GetProperty("from").GetString()));
    }

    [Theory]
    [InlineData(1, "#", 9.5)]
    [InlineData(1, "0", 9.5)]
    [InlineData(3, "42#", 9.5)]
    // Short of three keys: the # ends it with one carrier, and the silence after it with another.
    [InlineData(3, "0#", 0.6)]
    public async Task A_question_hears_the_keys(int keys, string pressed, double silence)
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.AskAsync(Question(call, 7, keys, silence), Cancel));
        await Network.Press("keys", pressed);
        var heard = await Service.Event<KeysHeard>();
        Assert.Equal((1, call, 7, pressed), (heard.Attempt, heard.CallId, heard.Prompt, heard.Keys));
        Assert.Equal([Words.Words], await Said());
        Assert.Equal(Words.Locale, (await Network.Call()).GetProperty("language").GetString());
    }

    [Fact]
    public async Task A_question_that_nobody_answers_hears_nothing()
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.AskAsync(Question(call, silence: 0), Cancel));
        var nothing = await Service.Event<NothingHeard>();
        Assert.Equal((1, call, 7), (nothing.Attempt, nothing.CallId, nothing.Prompt));
        Assert.Empty(Service.Told.OfType<KeysHeard>());
    }

    [Fact]
    public async Task A_question_may_follow_another_in_the_middle_of_it()
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.AskAsync(Question(call), Cancel));
        Taken(await Carrier.AskAsync(Question(call, prompt: 8), Cancel));
        await Network.Press("keys", "1");
        Assert.Equal(8, (await Service.Event<KeysHeard>()).Prompt);
    }

    [Fact]
    public async Task Words_are_said_and_the_call_is_ended()
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.SayAsync(call, Words, Cancel));
        Assert.Null((await Carrier.HangUpAsync(call, Cancel)).Failure);
        var ended = await Service.Event<CallEnded>();
        Assert.Equal((1, call, null), (ended.Attempt, ended.CallId, ended.Reason));
        Assert.Equal([Words.Words], await Said());
    }

    [Fact]
    public async Task An_extension_is_dialled_into_the_call()
    {
        var call = await Network.AnsweredCall();
        Taken(await Carrier.DialAsync(Tones(call), Cancel));
        var dialled = await Service.Event<ExtensionDialled>();
        Assert.Equal((1, call, 1), (dialled.Attempt, dialled.CallId, dialled.Part));
        Assert.Equal(["[tones 2 0 4]"], await Said());
        Assert.DoesNotContain("204", $"{Tones(call)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switchboard_puts_the_call_through_and_the_extension_hears_the_question()
    {
        await Network.Habit(new { calls = "switchboard", extensions = new[] { "204" } });
        var call = Taken(await Carrier.PlaceCallAsync(Call(), Cancel))!;
        await Service.Event<CallConnected>();
        Taken(await Carrier.DialAsync(Tones(call), Cancel));
        await Service.Event<ExtensionDialled>();
        Taken(await Carrier.AskAsync(Question(call), Cancel));
        Assert.Equal(["[switchboard] Enter the extension.", "[tones 2 0 4]", Words.Words], await Said());
    }

    [Fact]
    public async Task It_knows_the_calls_it_gave_and_no_other_carriers()
    {
        Assert.True(Carrier.Gives(Taken(await Carrier.PlaceCallAsync(Call(), Cancel))!));
        CarrierWire other = Wire is AcsWire ? new TwilioWire() : new AcsWire();
        Assert.False(Carrier.Gives(other.NoCall));
        Assert.False(Carrier.Gives(""));
    }

    private async Task<string?[]> Said() => [.. (await Network.Call()).GetProperty("said").EnumerateArray().Select(line => line.GetString())];
}
