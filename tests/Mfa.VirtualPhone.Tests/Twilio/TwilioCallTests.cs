namespace Mfa.VirtualPhone.Tests;

public sealed class TwilioCallTests
{
    [Fact]
    public async Task A_call_rings_is_answered_says_its_words_and_ends_and_all_of_it_is_told()
    {
        await using var net = await TwilioNet.Start();
        net.Server.Says("start", "<Say voice=\"Google.nl-NL-Wavenet-F\">Goedendag &amp; welkom</Say><Pause length=\"0\"/>");
        var answer = await net.Client.Call([("Url", net.Server.At("start?a=b%2Fc")), ("StatusCallback", net.Server.At("status")), .. TwilioNet.All]);
        Assert.Equal((201, "queued", "outbound-api"), (answer.Status, answer["status"], answer["direction"]));
        Assert.Matches("^CA[0-9a-f]{32}$", answer["sid"]);
        var ringing = await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        var call = ringing.GetProperty("call");
        Assert.Equal((answer["sid"], "twilio", TwilioClient.Number), (call.GetProperty("id").GetString(), call.GetProperty("wire").GetString(), call.GetProperty("from").GetString()));
        Assert.Equal("ringing", await net.Status(answer["sid"]!));
        await net.Phone.Post("answer");

        var start = await net.Server.Next("start");
        Assert.Equal((answer["sid"], "in-progress", "?a=b%2Fc"), (start["CallSid"], start["CallStatus"], start.Query));
        Assert.Equal(("+" + Network.Alice, TwilioClient.Number, "outbound-api", net.Net.Options.TwilioAccountSid), (start["To"], start["From"], start["Direction"], start["AccountSid"]));
        Hook[] told = [await net.Server.Next("status"), await net.Server.Next("status"), await net.Server.Next("status"), await net.Server.Next("status")];
        Assert.Equal(["initiated 0", "ringing 1", "in-progress 2", "completed 3"], told.Select(hook => $"{hook["CallStatus"]} {hook["SequenceNumber"]}"));
        Assert.All(told, hook => Assert.Equal("call-progress-events", hook["CallbackSource"]));
        Assert.EndsWith(" +0000", told[3]["Timestamp"], StringComparison.Ordinal);
        Assert.NotNull(told[3]["CallDuration"]);
        Assert.All(net.Server.All, hook => Assert.True(hook.IsSigned));

        var phone = (await net.Phone.Look()).GetProperty("call");
        Assert.Equal(("nl-NL", "ended"), (phone.GetProperty("language").GetString(), phone.GetProperty("state").GetString()));
        Assert.Equal("Goedendag & welkom", phone.GetProperty("said")[0].GetString());
        var over = await net.Client.Get($"Calls/{answer["sid"]}.json");
        Assert.Equal(("completed", "0"), (over["status"], over["duration"]));
        Assert.NotEmpty(over["end_time"]!);
    }

    [Fact]
    public async Task Only_the_end_is_told_where_nothing_else_was_asked_for()
    {
        await using var net = await TwilioNet.Start();
        await net.CallAndAnswer(("StatusCallback", net.Server.At("status")), ("Twiml", "<Response/>"));
        Assert.Equal(("completed", "0"), (await net.Server.Next("status") is var hook ? hook["CallStatus"] : null, hook["SequenceNumber"]));
        Assert.Single(net.Server.All);
    }

    [Theory]
    [InlineData("busy", "busy", "486")]
    [InlineData("no-answer", "no-answer", "487")]
    [InlineData("decline", "no-answer", "603")]
    [InlineData("unreachable", "failed", "404")]
    public async Task What_becomes_of_a_call_that_nobody_answers(string habit, string status, string sip)
    {
        await using var net = await TwilioNet.Start(options => options.NoAnswerAfter = TimeSpan.FromMilliseconds(10));
        await net.Phone.Habit(new { calls = habit });
        var sid = await net.Call();
        var over = await net.Completed();
        Assert.Equal((status, sip, "0"), (over["CallStatus"], over["SipResponseCode"], over["CallDuration"]));
        Assert.Equal(status, await net.Status(sid));
        Assert.DoesNotContain(net.Server.All, hook => hook.Path == "/start");
    }

    [Fact]
    public async Task It_rings_as_long_as_the_request_says()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.Call(("Timeout", "20"));
        await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        net.Net.Time!.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("ringing", TwilioNet.State(await net.Phone.Look()));
        net.Net.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("no-answer", (await net.Completed())["CallStatus"]);
    }

    [Fact]
    public async Task It_lasts_no_longer_than_the_request_says()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.CallAndAnswer(("TimeLimit", "90"), ("Twiml", "<Response><Pause length=\"600\"/></Response>"));
        net.Net.Time!.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(("completed", "90", "2"), (await net.Completed() is var over ? over["CallStatus"] : null, over["CallDuration"], over["Duration"]));
    }

    [Theory, InlineData("voicemail"), InlineData("answer")]
    public async Task Whoever_picks_up_hears_the_document(string habit)
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { calls = habit });
        net.Server.Says("start", "<Say>Good day</Say><Pause length=\"60\"/>");
        await net.Call();
        await net.Hears("Good day");
    }

    [Fact]
    public async Task A_second_call_finds_the_phone_busy()
    {
        await using var net = await TwilioNet.Start();
        var first = await net.CallAndAnswer(("Twiml", "<Response><Pause length=\"60\"/></Response>"));
        await net.Call();
        Assert.Equal("busy", (await net.Completed())["CallStatus"]);
        Assert.Equal("in-progress", await net.Status(first));
    }

    [Theory]
    [InlineData("To", "", 21201)]
    [InlineData("To", "12", 21211)]
    [InlineData("From", "", 21213)]
    [InlineData("From", "12", 21212)]
    [InlineData("From", "+18005550100", 21210)]
    [InlineData("Url", "", 21205)]
    [InlineData("Url", "somewhere", 21205)]
    [InlineData("FallbackUrl", "somewhere", 21205)]
    [InlineData("StatusCallback", "http://my_host/status", 21609)]
    [InlineData("StatusCallbackEvent", "sung", 21626)]
    [InlineData("SendDigits", "12a!", 21403)]
    [InlineData("To", "+15005550001", 21217)]
    [InlineData("To", "+15005550002", 21214)]
    [InlineData("To", "+15005550003", 21215)]
    [InlineData("To", "+15005550004", 21216)]
    public async Task A_call_that_cannot_be_placed_is_refused_with_twilios_code(string field, string value, int code)
    {
        await using var net = await TwilioNet.Start();
        var answer = await net.Client.Call([(field, value), .. field == "Url" ? [] : new[] { ("Url", net.Server.At("start")) }]);
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Empty((await net.Client.Get("Calls.json")).Body.GetProperty("calls").EnumerateArray());
    }

    [Fact]
    public async Task Twiml_in_the_request_has_at_most_4000_characters()
    {
        await using var net = await TwilioNet.Start();
        string Of(int length) => $"<Response><Say>{new string('a', length - 32)}</Say></Response>";
        Assert.Equal(4000, Of(4000).Length);
        Assert.Equal(201, (await net.Client.Call(("Twiml", Of(4000)))).Status);
        Assert.Equal(400, (await net.Client.Call(("Twiml", Of(4001)))).Status);
    }

    [Fact]
    public async Task Calls_are_listed_by_number_status_and_day()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        var first = await net.CallAndAnswer(("Twiml", "<Response/>"));
        await net.Completed();
        var second = await net.Call();
        await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        await net.Client.Call(("To", "+14255550124"), ("Url", net.Server.At("start")));
        var to = Uri.EscapeDataString("+" + Network.Alice);
        Assert.Equal([second, first], await Sids(net, $"To={to}"));
        Assert.Equal([first], await Sids(net, "Status=completed"));
        Assert.Equal([second], await Sids(net, $"To={to}&Status=ringing"));
        var today = net.Net.Time!.GetUtcNow();
        Assert.Equal([second, first], await Sids(net, $"To={to}&StartTime%3E={today:yyyy-MM-dd}"));
        Assert.Empty(await Sids(net, $"To={to}&StartTime%3E={today.AddDays(1):yyyy-MM-dd}"));
        Assert.Empty(await Sids(net, $"From={to}"));
    }

    [Fact]
    public async Task Digits_that_are_sent_reach_an_extension_by_the_switchboard()
    {
        await using var net = await TwilioNet.Start(options => options.TwilioTonePause = TimeSpan.FromMilliseconds(5));
        await net.Phone.Habit(new { calls = "switchboard", extensions = new[] { "12" } });
        var desk = new Handset(net.Net.Http, Network.Alice + "x12");
        net.Server.Says("start", "<Gather numDigits=\"1\" finishOnKey=\"\" timeout=\"30\" action=\"keys\"><Say>Press pound</Say></Gather>");
        net.Server.Says("keys", "<Hangup/>");
        await net.Call(("SendDigits", "wW12"));
        var ringing = await desk.Until(phone => TwilioNet.State(phone) == "ringing");
        Assert.Equal("twilio", ringing.GetProperty("call").GetProperty("wire").GetString());
        Assert.Equal(["[switchboard] Enter the extension.", "[tones 1 2]"], TwilioNet.Said(await net.Phone.Look()).Take(2));
        await desk.Post("answer");
        await desk.Post("keys", new { keys = "#" });
        Assert.Equal("#", (await net.Server.Next("keys"))["Digits"]);
        Assert.Equal("completed", (await net.Completed())["CallStatus"]);
    }

    private static async Task<string[]> Sids(TwilioNet net, string query) =>
        [.. (await net.Client.Get($"Calls.json?{query}")).Body.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("sid").GetString()!)];
}
