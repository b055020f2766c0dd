namespace Mfa.VirtualPhone.Tests;

public sealed class GatherTests
{
    [Theory]
    [InlineData("numDigits=\"1\" finishOnKey=\"\"", "#", "#", "")]
    [InlineData("numDigits=\"3\" finishOnKey=\"\"", "42#", "42#", "")]
    [InlineData("numDigits=\"3\"", "42#", "42", "#")]
    [InlineData("", "1234#", "1234", "#")]
    [InlineData("finishOnKey=\"*\"", "12#*", "12#", "*")]
    [InlineData("numDigits=\"2\"", "123", "12", "")]
    [InlineData("actionOnEmptyResult=\"true\"", "#", "", "#")]
    public async Task Keys_come_to_the_action_as_twilio_sends_them(string attributes, string keys, string digits, string finishedOn)
    {
        await using var net = await Asking($"<Gather input=\"dtmf\" timeout=\"30\" action=\"{"{0}"}\" {attributes}><Say>Press</Say></Gather><Say>Nothing</Say>");
        await net.Press(keys);
        var heard = await net.Server.Next("keys");
        Assert.Equal((digits, finishedOn, "in-progress"), (heard["Digits"], heard["FinishedOnKey"], heard["CallStatus"]));
        Assert.True(heard.IsSigned);
        await net.Hears("Heard");
        Assert.DoesNotContain("Nothing", TwilioNet.Said(await net.Phone.Look()));
    }

    [Fact]
    public async Task A_lone_pound_is_no_input_and_the_document_goes_on()
    {
        await using var net = await Asking("<Gather timeout=\"30\" action=\"{0}\"><Say>Press</Say></Gather><Say>Nothing</Say><Pause length=\"60\"/>");
        await net.Press("#");
        await net.Hears("Nothing");
        Assert.DoesNotContain(net.Server.All, hook => hook.Path == "/keys");
    }

    [Fact]
    public async Task Silence_goes_on_or_is_posted_after_the_timeout()
    {
        await using var net = await TwilioNet.StartWithStoppedClock(options => options.SpeakFor = TimeSpan.Zero);
        net.Server.Says("keys", "<Gather actionOnEmptyResult=\"true\" timeout=\"7\"><Say>Again</Say></Gather>");
        await net.CallAndAnswer(("Twiml", $"<Response><Gather action=\"{net.Server.At("keys")}\"/><Say>Nothing</Say><Redirect>{net.Server.At("keys")}</Redirect></Response>"));
        await net.Phone.Until(phone => phone.GetProperty("call").GetProperty("listening").GetBoolean());
        net.Net.Time!.Advance(TimeSpan.FromSeconds(5));
        await net.Hears("Again");
        Assert.Null((await net.Server.Next("keys"))["Digits"]);
        net.Net.Time.Advance(TimeSpan.FromSeconds(7));
        // Its own address is where a document's Gather goes that names none.
        Assert.Equal("", (await net.Server.Next("keys"))["Digits"]);
    }

    [Fact]
    public async Task Some_digits_are_posted_once_no_more_come()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.CallAndAnswer(("Twiml", $"<Response><Gather numDigits=\"3\" finishOnKey=\"\" timeout=\"10\" action=\"{net.Server.At("keys")}\"><Say>Press</Say></Gather></Response>"));
        await net.Hears("Press");
        await net.Press("0");
        net.Net.Time!.Advance(TimeSpan.FromSeconds(9));
        Assert.DoesNotContain(net.Server.All, hook => hook.Path == "/keys");
        await net.Press("#");
        net.Net.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("0#", (await net.Server.Next("keys"))["Digits"]);
    }

    [Fact]
    public async Task A_key_stops_the_words()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.CallAndAnswer(("Twiml", $"<Response><Gather numDigits=\"2\" action=\"{net.Server.At("keys")}\"><Say>One</Say><Pause length=\"5\"/><Say>Two</Say></Gather></Response>"));
        await net.Hears("One");
        await net.Press("1");
        net.Net.Time!.Advance(TimeSpan.FromSeconds(4));
        await net.Press("2");
        Assert.Equal("12", (await net.Server.Next("keys"))["Digits"]);
        Assert.Equal(["One"], TwilioNet.Said(await net.Phone.Look()));
    }

    [Fact]
    public async Task A_key_that_nobody_listens_for_waits_for_the_next_gather()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.CallAndAnswer(("Twiml", $"<Response><Pause length=\"1\"/><Gather numDigits=\"1\" finishOnKey=\"\" action=\"{net.Server.At("keys")}\"/></Response>"));
        await net.Press("#");
        net.Net.Time!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("#", (await net.Server.Next("keys"))["Digits"]);
    }

    /// <summary>A call that gathers; the action says "Heard".</summary>
    private static async Task<TwilioNet> Asking(string twiml)
    {
        var net = await TwilioNet.Start(options => options.KeyPace = TimeSpan.FromMilliseconds(1));
        net.Server.Says("keys", "<Say>Heard</Say><Pause length=\"60\"/>");
        await net.CallAndAnswer(("Twiml", "<Response>" + twiml.Replace("{0}", net.Server.At("keys"), StringComparison.Ordinal) + "</Response>"));
        await net.Hears("Press");
        return net;
    }
}
