namespace Mfa.VirtualPhone.Tests;

public sealed class TwimlTests
{
    private const string Sorry = "An application error has occurred. Goodbye.";

    [Theory]
    [InlineData(200, "not XML")]
    [InlineData(200, "<Other/>")]
    [InlineData(200, "<Response><Sing>La</Sing></Response>")]
    [InlineData(200, "<Response><Pause length=\"long\"/></Response>")]
    [InlineData(200, "<!DOCTYPE x [<!ENTITY y \"z\">]><Response><Say>&y;</Say></Response>")]
    [InlineData(404, "<Response/>")]
    [InlineData(500, "<Response/>")]
    [InlineData(302, "<Response/>")]
    public async Task A_document_that_cannot_be_run_goes_to_the_fallback_or_ends_the_call_with_an_apology(int status, string body)
    {
        await using var net = await TwilioNet.Start();
        net.Server.Answers = _ => Task.FromResult((status, body));
        await net.CallAndAnswer();
        Assert.Equal("completed", (await net.Completed())["CallStatus"]);
        Assert.Equal([Sorry], TwilioNet.Said(await net.Phone.Look()));

        net.Server.Says("fallback", "<Say>Sorry</Say>");
        await net.CallAndAnswer(("FallbackUrl", net.Server.At("fallback")));
        await net.Completed();
        Assert.Equal(["Sorry"], TwilioNet.Said(await net.Phone.Look()));
        var asked = await net.Server.Next("fallback");
        Assert.Equal((status == 200 ? "12100" : "11200", net.Server.At("start")), (asked["ErrorCode"], asked["ErrorUrl"]));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task A_document_of_another_type_is_none(string type)
    {
        await using var net = await TwilioNet.Start();
        net.Server.Type = type;
        await net.CallAndAnswer();
        await net.Hears(Sorry);
    }

    [Fact]
    public async Task Twiml_of_a_request_has_no_address_that_others_could_be_relative_to()
    {
        await using var net = await TwilioNet.Start();
        await net.CallAndAnswer(("Twiml", "<Response><Redirect>/next</Redirect></Response>"));
        await net.Hears(Sorry);
        await net.Completed();
        await net.CallAndAnswer(("Twiml", "<Response><Nothing"));
        await net.Hears(Sorry);
    }

    [Fact]
    public async Task Files_and_tones_are_played_and_redirects_followed()
    {
        await using var net = await TwilioNet.Start(options => options.TwilioTonePause = TimeSpan.Zero);
        net.Server.Answers = hook => Task.FromResult((200, hook switch
        {
            { Path: "/a/start" } => "<Response><Play>https://a.example/hello.mp3</Play><Play digits=\"ww12#\"/><Redirect>../b/next?x=1&amp;y=2</Redirect><Say>Never</Say></Response>",
            { Path: "/b/next", Query: "?x=1&y=2" } => "<Response><Redirect method=\"GET\">/c</Redirect></Response>",
            { Path: "/c", Form.Count: 0 } => "<Response><Say language=\"en-GB\">Last</Say><Hangup/><Say>Never</Say></Response>",
            _ => "<Response/>",
        }));
        await net.CallAndAnswer(("Url", net.Server.At("a/start")));
        await net.Completed();
        var phone = await net.Phone.Look();
        Assert.Equal(["https://a.example/hello.mp3", "[tones 1 2 #]", "Last"], TwilioNet.Said(phone));
        Assert.Equal("en-GB", phone.GetProperty("call").GetProperty("language").GetString());
        Assert.All(net.Server.All, hook => Assert.True(hook.IsSigned));
    }

    [Fact]
    public async Task Tones_that_fail_by_habit_are_not_heard()
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { tones = "fail" });
        await net.CallAndAnswer(("Twiml", "<Response><Play digits=\"12\"/><Say>After</Say></Response>"));
        await net.Completed();
        Assert.Equal(["After"], TwilioNet.Said(await net.Phone.Look()));
    }

    [Theory]
    [InlineData("Google.nl-NL-Wavenet-F", "nl-NL")]
    [InlineData("Polly.Laura-Neural", "nl-NL")]
    [InlineData("Polly.Joanna-Neural", "en-US")]
    [InlineData("Polly.Nobody", null)]
    [InlineData("alice", null)]
    [InlineData(null, null)]
    public void A_voice_tells_its_language(string? voice, string? language) => Assert.Equal(language, Voices.LanguageOf(voice));
}
