namespace Mfa.VirtualPhone.Tests;

public sealed class SwitchboardTests
{
    private static readonly string[] s_names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    [Fact]
    public async Task It_answers_asks_and_rings_the_extension_that_is_dialled()
    {
        await using var net = await Office("12", "34");
        var desk = Extension(net, "12");
        var id = await Answered(net);
        Assert.Equal(["[switchboard] Enter the extension."], Said(await net.Phone.Look()));
        await Dial(net, id, "12", context: "1");
        var sent = await net.Receiver.Next("SendDtmfTonesCompleted");
        Assert.Equal(((200, 0), "1"), (sent.Result, sent.Context));
        var ringing = (await desk.Until(phone => State(phone) == "ringing")).GetProperty("call");
        Assert.Equal((id, Network.Own), (ringing.GetProperty("id").GetString(), ringing.GetProperty("from").GetString()));
        Assert.Equal((Network.Alice + "x12", "answered"), ((await desk.Look()).GetProperty("number").GetString(), State(await net.Phone.Look())));
    }

    [Fact]
    public async Task Who_answers_there_hears_what_is_said_from_then_on_and_presses_keys()
    {
        await using var net = await Office("12");
        var desk = Extension(net, "12");
        var call = new MediaOn(net, await PutThrough(net, "12"));
        await call.Play("While it rings");
        await net.Receiver.Next("PlayCompleted");
        Assert.Equal(409, await desk.TryPost("keys", new { keys = "#" }));
        await desk.Post("answer");
        Assert.Empty(Said(await desk.Look()));
        await call.Recognize("Press pound");
        var heard = await desk.Until(phone => phone.GetProperty("call").GetProperty("listening").GetBoolean());
        Assert.Equal(["Press pound"], Said(heard));
        await desk.Post("keys", new { keys = "#" });
        Assert.Equal((200, 8531), (await net.Receiver.Next("RecognizeCompleted")).Result);
        await net.Carrier.Post(call.Path + ":terminate", null);
        await desk.Until(phone => State(phone) == "ended");
        Assert.Equal((200, 7000), (await net.Receiver.Next("CallDisconnected")).Result);
    }

    [Theory]
    [InlineData("99"), InlineData("13"), InlineData("*")]
    public async Task A_wrong_extension_hangs_up(string wrong)
    {
        await using var net = await Office("12", "345");
        var id = await Answered(net);
        await Dial(net, id, wrong);
        await net.Receiver.Next("SendDtmfTonesCompleted");
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Equal("[switchboard] There is no such extension.", Said(await net.Phone.Look()).Last());
    }

    [Fact]
    public async Task No_extension_hangs_up_after_a_while()
    {
        await using var net = await Office();
        net.Options.SwitchboardFor = TimeSpan.FromMilliseconds(50);
        await net.Call();
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Equal("[switchboard] No extension was entered.", Said(await net.Phone.Look()).Last());
    }

    [Fact]
    public async Task Without_a_list_any_extension_is_one_and_is_complete_after_a_pause()
    {
        await using var net = await Office();
        net.Options.SwitchboardPause = TimeSpan.FromMilliseconds(1500);
        var id = await Answered(net);
        await Dial(net, id, "1");
        await Dial(net, id, "204");
        await Extension(net, "1204").Until(phone => State(phone) == "ringing");
    }

    [Fact]
    public async Task An_extension_that_a_longer_one_begins_with_waits_for_the_rest()
    {
        await using var net = await Office("12", "123");
        net.Options.SwitchboardPause = TimeSpan.FromMilliseconds(100);
        await PutThrough(net, "12");
        await net.Phone.Post("hangup");
        await net.Receiver.Next("CallDisconnected");
        net.Options.SwitchboardPause = TimeSpan.FromHours(1);
        var id = await Answered(net);
        await Dial(net, id, "12");
        await Dial(net, id, "3");
        await Extension(net, "123").Until(phone => State(phone) == "ringing");
    }

    [Theory]
    [InlineData("busy", "[switchboard] The extension is busy.")]
    [InlineData("decline", null)]
    [InlineData("no-answer", null)]
    [InlineData("voicemail", null)]
    public async Task What_the_extension_does_ends_the_call(string habit, string? says)
    {
        await using var net = await Office("12");
        (net.Options.NoAnswerAfter, net.Options.VoicemailFor) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        await Extension(net, "12").Habit(new { calls = habit });
        var id = await Answered(net);
        await Dial(net, id, "12");
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Equal(says ?? "[tones 1 2]", Said(await net.Phone.Look()).Last());
        Assert.NotEqual("answered", State(await Extension(net, "12").Look()));
    }

    [Theory, InlineData("decline"), InlineData("hangup")]
    public async Task Who_hangs_up_there_ends_the_call(string what)
    {
        await using var net = await Office("12");
        var desk = Extension(net, "12");
        await PutThrough(net, "12");
        if (what == "hangup") { await desk.Post("answer"); }
        await desk.Post(what);
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Equal(("ended", "ended"), (State(await desk.Look()), State(await net.Phone.Look())));
    }

    [Fact]
    public async Task Tones_fail_by_habit_and_nothing_rings()
    {
        await using var net = await Office("12");
        await net.Phone.Habit(new { tones = "fail" });
        var id = await Answered(net);
        await Dial(net, id, "12", context: "1");
        var failed = await net.Receiver.Next("SendDtmfTonesFailed");
        Assert.Equal((500, "1"), (failed.Result.Code, failed.Context));
        Assert.Equal(JsonValueKind.Null, (await Extension(net, "12").Look()).GetProperty("call").ValueKind);
    }

    [Fact]
    public async Task Tones_under_the_same_repeatability_id_are_sent_once()
    {
        await using var net = await Office("12", "1212");
        net.Options.SwitchboardPause = TimeSpan.FromMilliseconds(300);
        var id = await Answered(net);
        var once = Guid.NewGuid().ToString();
        for (var tries = 0; tries < 2; tries++) { await Dial(net, id, "12", null, ("Repeatability-Request-ID", once), ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r"))); }
        await Extension(net, "12").Until(phone => State(phone) == "ringing");
        Assert.Single(Said(await net.Phone.Look()), "[tones 1 2]");
    }

    [Fact]
    public async Task An_extension_is_listed_and_has_no_texts_and_no_carrier_reaches_it_by_number()
    {
        await using var net = await Office("12");
        var desk = Extension(net, "12");
        await desk.Look();
        var recent = (await net.Http.GetFromJsonAsync<JsonElement>("/phones", TestContext.Current.CancellationToken)).GetProperty("recent");
        Assert.Contains(Network.Alice + "x12", recent.EnumerateArray().Select(phone => phone.GetProperty("number").GetString()));
        Assert.Equal(409, await desk.TryPost("texts", new { to = Network.Own, body = "Good day" }));
        Assert.Equal(400, (await net.Carrier.Post("/calling/callConnections", net.CallBody($"+{Network.Alice}x12"))).Status);
        Assert.Equal(404, await new Handset(net.Http, Network.Alice + "x").TryPost("answer"));
        Assert.Equal(404, await new Handset(net.Http, Network.Alice + "x1234567890123").TryPost("answer"));
        Assert.Equal(400, await net.Phone.Habit(new { extensions = new[] { "12a" } }));
    }

    private static async Task<Network> Office(params string[] extensions)
    {
        var net = await Network.Start(options => (options.AnswerDelay, options.SpeakFor) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10)));
        Assert.Equal(200, await net.Phone.Habit(new { calls = "switchboard", extensions }));
        return net;
    }

    private static Handset Extension(Network net, string extension) => new(net.Http, $"{Network.Alice}x{extension}");

    private static async Task<string> Answered(Network net)
    {
        var id = await net.Call();
        await net.Receiver.Next("CallConnected");
        return id;
    }

    private static async Task<string> PutThrough(Network net, string extension)
    {
        var id = await Answered(net);
        await Dial(net, id, extension);
        await Extension(net, extension).Until(phone => State(phone) == "ringing");
        return id;
    }

    private static async Task Dial(Network net, string id, string keys, string? context = null, params (string, string)[] headers)
    {
        var tones = new
        {
            tones = keys.Select(key => char.IsAsciiDigit(key) ? s_names[key - '0'] : "asterisk"),
            targetParticipant = new { rawId = "4:+" + Network.Alice, phoneNumber = new { value = "+" + Network.Alice } },
            operationContext = context,
        };
        Assert.Equal(202, (await net.Carrier.Post($"/calling/callConnections/{id}:sendDtmfTones", tones, headers)).Status);
    }

    private static string? State(JsonElement phone) => phone.GetProperty("call") is { ValueKind: JsonValueKind.Object } call ? call.GetProperty("state").GetString() : null;

    private static IEnumerable<string?> Said(JsonElement phone) => phone.GetProperty("call").GetProperty("said").EnumerateArray().Select(said => said.GetString());
}
