namespace Mfa.VirtualPhone.Tests;

public sealed class MediaTests
{
    private static readonly string[] OneTwoPound = ["one", "two", "pound"];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_prompt_is_said_and_completes_when_it_was_spoken()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Play("Good day", context: "hello");
        Assert.Equal(["Good day"], Said(await net.Phone.Look()));
        net.Time!.Advance(net.Options.SpeakFor - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(net.Receiver.All, one => one.Kind == "PlayCompleted");
        net.Time.Advance(TimeSpan.FromMilliseconds(1));
        var completed = await net.Receiver.Next("PlayCompleted");
        Assert.Equal(((200, 0), "hello"), (completed.Result, completed.Context));
    }

    [Fact]
    public async Task Ssml_is_said_as_its_words_and_a_file_as_its_address()
    {
        await using var net = await Network.Start(options => options.SpeakFor = TimeSpan.Zero);
        var call = new MediaOn(net, await net.CallAndAnswer());
        object[] sources =
        [
            new { kind = "ssml", ssml = new { ssmlText = "<speak version='1.0'>Your <emphasis>number</emphasis> is <say-as interpret-as='digits'>42</say-as></speak>" } },
            new { kind = "file", file = new { uri = "https://example.com/a.wav" } },
        ];
        await net.Carrier.Post(call.Path + ":play", new { playSources = sources });
        await net.Receiver.Next("PlayCompleted");
        Assert.Equal(["Your number is 42", "https://example.com/a.wav"], Said(await net.Phone.Look()));
    }

    [Theory]
    [InlineData("text", 8582)]
    [InlineData("file", 8536)]
    public async Task What_cant_be_played_fails(string kind, int subCode)
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await net.Carrier.Post(call.Path + ":play", new { playSources = new[] { new { kind, text = new { text = " " }, file = new { uri = "nowhere" } } } });
        Assert.Equal((400, subCode), (await net.Receiver.Next("PlayFailed")).Result);
    }

    [Fact]
    public async Task One_key_is_recognized_during_the_prompt()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize(context: "key");
        Assert.True((await net.Phone.Post("keys", new { keys = "#" })).GetProperty("call").GetProperty("said").GetArrayLength() == 1);
        var completed = await net.Receiver.Next("RecognizeCompleted");
        Assert.Equal(((200, 8531), "key"), (completed.Result, completed.Context));
        Assert.Equal("dtmf", completed.Data.GetProperty("recognitionType").GetString());
        Assert.Equal(["pound"], TonesOf(completed));
    }

    [Fact]
    public async Task Without_interruptPrompt_a_key_waits_for_the_end_of_the_prompt()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize(interruptPrompt: false);
        var phone = await net.Phone.Post("keys", new { keys = "5" });
        Assert.False(phone.GetProperty("call").GetProperty("listening").GetBoolean());
        net.Time!.Advance(net.Options.SpeakFor);
        Assert.Equal(["five"], TonesOf(await net.Receiver.Next("RecognizeCompleted")));
    }

    [Fact]
    public async Task A_stop_tone_ends_it_and_is_left_out()
    {
        await using var net = await Network.Start(options => options.KeyPace = TimeSpan.FromMilliseconds(1));
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize(most: null, stops: ["pound"]);
        await net.Phone.Post("keys", new { keys = "4*2#" });
        var completed = await net.Receiver.Next("RecognizeCompleted");
        Assert.Equal((200, 8514), completed.Result);
        Assert.Equal(["four", "asterisk", "two"], TonesOf(completed));
    }

    [Fact]
    public async Task Silence_after_the_prompt_fails()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize();
        net.Time!.Advance(net.Options.SpeakFor);
        net.Time.Advance(5 * Second - TimeSpan.FromMilliseconds(1));
        Assert.True((await net.Phone.Look()).GetProperty("call").GetProperty("listening").GetBoolean());
        net.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((400, 8510), (await net.Receiver.Next("RecognizeFailed")).Result);
    }

    [Fact]
    public async Task Too_long_between_two_keys_fails()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize(most: 2);
        await net.Phone.Post("keys", new { keys = "1" });
        net.Time!.Advance(2 * Second);
        Assert.Equal((400, 8532), (await net.Receiver.Next("RecognizeFailed")).Result);
    }

    [Fact]
    public async Task Keys_after_the_first_question_reach_the_next()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize("Press pound");
        await net.Phone.Post("keys", new { keys = "0#" });
        Assert.Equal(["zero"], TonesOf(await net.Receiver.Next("RecognizeCompleted")));
        net.Time!.Advance(net.Options.KeyPace);
        await call.Recognize("Press 1 to confirm");
        Assert.Equal(["pound"], TonesOf(await net.Receiver.Next("RecognizeCompleted")));
    }

    [Fact]
    public async Task A_key_that_nobody_waits_for_is_lost_after_two_seconds()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await net.Phone.Post("keys", new { keys = "1" });
        net.Time!.Advance(2 * Second);
        await call.Recognize();
        Assert.True((await net.Phone.Look()).GetProperty("call").GetProperty("listening").GetBoolean());
        await net.Phone.Post("keys", new { keys = "2" });
        Assert.Equal(["two"], TonesOf(await net.Receiver.Next("RecognizeCompleted")));
    }

    [Fact]
    public async Task Operations_wait_for_their_turn()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Play("One");
        await call.Play("Two");
        Assert.Equal(["One"], Said(await net.Phone.Look()));
        net.Time!.Advance(net.Options.SpeakFor);
        await net.Receiver.Next("PlayCompleted");
        Assert.Equal(["One", "Two"], Said(await net.Phone.Look()));
    }

    [Fact]
    public async Task A_newer_operation_that_interrupts_cancels_the_older_ones()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize("One", context: "one");
        await call.Play("Two", context: "two");
        await call.Recognize("Three", interrupt: true, context: "three");
        var recognize = await net.Receiver.Next("RecognizeCanceled");
        var play = await net.Receiver.Next("PlayCanceled");
        Assert.Equal(((400, 8508), "one"), (recognize.Result, recognize.Context));
        Assert.Equal(((400, 8508), "two"), (play.Result, play.Context));
        await net.Phone.Post("keys", new { keys = "3" });
        Assert.Equal("three", (await net.Receiver.Next("RecognizeCompleted")).Context);
    }

    [Fact]
    public async Task Cancel_ends_a_prompt_that_goes_on_and_on()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Play(loop: true);
        net.Time!.Advance(20 * Second);
        Assert.Equal(202, (await net.Carrier.Post(call.Path + ":cancelAllMediaOperations", null)).Status);
        Assert.Equal((400, 8508), (await net.Receiver.Next("PlayCanceled")).Result);
        Assert.DoesNotContain(net.Receiver.All, one => one.Kind == "PlayCompleted");
    }

    [Fact]
    public async Task Tones_that_are_sent_are_heard_on_the_phone()
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.CallAndAnswer());
        var answer = await net.Carrier.Post(call.Path + ":sendDtmfTones", new { tones = OneTwoPound, operationContext = "t" });
        Assert.Equal((202, "t"), (answer.Status, answer.Body.GetProperty("operationContext").GetString()));
        Assert.Equal(["[tones 1 2 #]"], Said(await net.Phone.Look()));
        Assert.Equal("t", (await net.Receiver.Next("SendDtmfTonesCompleted")).Context);
    }

    [Fact]
    public async Task Hanging_up_cancels_what_was_going_on()
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.CallAndAnswer());
        await call.Recognize();
        await net.Phone.Post("hangup");
        var canceled = await net.Receiver.Next("RecognizeCanceled");
        var ended = await net.Receiver.Next("CallDisconnected");
        Assert.True(canceled.Count < ended.Count);
        var late = await net.Carrier.Post(call.Path + ":recognize", MediaOn.Request());
        Assert.Equal((404, "8522"), (late.Status, late.Code));
    }

    [Fact]
    public async Task Nothing_is_played_on_a_call_that_still_rings()
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.Call());
        var answer = await net.Carrier.Post(call.Path + ":play", new { playSources = new[] { MediaOn.Text("Hello") } });
        Assert.Equal((400, "8501"), (answer.Status, answer.Code));
    }

    private static string?[] Said(JsonElement phone) =>
        [.. phone.GetProperty("call").GetProperty("said").EnumerateArray().Select(line => line.GetString())];

    private static string?[] TonesOf(Received completed) =>
        [.. completed.Data.GetProperty("dtmfResult").GetProperty("tones").EnumerateArray().Select(tone => tone.GetString())];
}
