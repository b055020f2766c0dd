using System.Text;

namespace Mfa.VirtualPhone.Tests;

public sealed class BadInputTests
{
    private static readonly string[] CarrierRoutes =
        ["/sms", "/calling/callConnections", "/calling/callConnections/x:play", "/calling/callConnections/x:recognize", "/calling/callConnections/x:sendDtmfTones"];

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "[[[[", "{}", "\"text\"", "1", "{\"from\":1}", "{\"targets\":[null]}", "{\"targets\":{}}",
        "{\"from\":\"+18005550100\",\"message\":\"m\",\"smsRecipients\":[null]}",
        "{\"from\":\"+18005550100\",\"message\":\"\\ud800\",\"smsRecipients\":[]}",
        "{\"playSources\":[null]}", "{\"playSources\":[{\"kind\":\"text\"}]}", "{\"playSources\":[{\"kind\":\"voice\"}]}",
        "{\"recognizeInputType\":\"dtmf\",\"recognizeOptions\":{\"initialSilenceTimeoutInSeconds\":1e400}}",
        "{\"tones\":[null]}", "{\"tones\":[\"ten\"]}", "{\"callbackUri\":\"file:///etc/passwd\",\"targets\":[{\"rawId\":\"4:+14255550123\"}]}",
    ];

    [Fact]
    public async Task A_body_that_is_not_what_it_should_be_is_400_and_says_so()
    {
        await using var net = await Network.Start();
        foreach (var route in CarrierRoutes)
        {
            foreach (var body in Bodies)
            {
                var answer = await net.Carrier.Send(HttpMethod.Post, route, Encoding.UTF8.GetBytes(body));
                Assert.True(answer.Status == 400, $"{route} {body}: {answer.Status}");
                Assert.Equal("8523", answer.Code);
            }

            var noUtf8 = await net.Carrier.Send(HttpMethod.Post, route, [0x22, 0xff, 0xfe, 0x22]);
            Assert.Equal((400, "8523"), (noUtf8.Status, noUtf8.Code));
        }
    }

    [Fact]
    public async Task A_body_may_have_64_KiB_and_no_more()
    {
        await using var net = await Network.Start();
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Network.TextBody()).PadRight(64 * 1024));
        Assert.Equal(202, (await net.Carrier.Send(HttpMethod.Post, "/sms", body)).Status);
        Assert.Equal(413, (await net.Carrier.Send(HttpMethod.Post, "/sms", [.. body, 0x20])).Status);

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/sms") { Content = new ByteArrayContent([.. body, 0x20]) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(413, (int)(await net.Http.SendAsync(chunked, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("speech", 5, 2, 1, "pound")]
    [InlineData("dtmf", 301, 2, 1, "pound")]
    [InlineData("dtmf", -1, 2, 1, "pound")]
    [InlineData("dtmf", 5, 0, 1, "pound")]
    [InlineData("dtmf", 5, 61, 1, "pound")]
    [InlineData("dtmf", 5, 2, 0, "pound")]
    [InlineData("dtmf", 5, 2, 1, "hash")]
    public async Task A_recognize_beyond_the_limits_is_400(string kind, int silence, int between, int most, string stop)
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.CallAndAnswer());
        var answer = await net.Carrier.Post(call.Path + ":recognize", new
        {
            recognizeInputType = kind,
            recognizeOptions = new
            {
                initialSilenceTimeoutInSeconds = silence,
                targetParticipant = new { rawId = "4:+" + Network.Alice },
                dtmfOptions = new { interToneTimeoutInSeconds = between, maxTonesToCollect = most, stopTones = new[] { stop } },
            },
        });
        Assert.Equal((400, "8523"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Somebody_who_is_not_on_the_call_cannot_be_listened_to()
    {
        await using var net = await Network.Start();
        var call = new MediaOn(net, await net.CallAndAnswer());
        var answer = await net.Carrier.Post(call.Path + ":recognize", new
        {
            recognizeInputType = "dtmf",
            recognizeOptions = new { targetParticipant = new { rawId = "4:+14255550199" } },
        });
        Assert.Equal((400, "8523"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Too_many_operations_that_wait_are_429()
    {
        await using var net = await Network.StartWithStoppedClock();
        var call = new MediaOn(net, await net.CallAndAnswer());
        for (var i = 0; i < 11; i++) { await call.Play(); }
        Assert.Equal(429, (await net.Carrier.Post(call.Path + ":play", new { playSources = new[] { MediaOn.Text("One more") } })).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        await using var net = await Network.Start();
        Assert.Equal(404, (await net.Carrier.Post("/calling/callConnections/x:sing", new { })).Status);
        Assert.Equal(404, (await net.Carrier.Get("/nothing")).Status);
    }
}
