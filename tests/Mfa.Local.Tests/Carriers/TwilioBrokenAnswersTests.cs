using Mfa.Core;
using Mfa.Twilio;
using Mfa.VirtualPhone;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>Bytes that no telephone network sends, and what Twilio's adapter makes of them.</summary>
public sealed class TwilioBrokenAnswersTests
{
    private const string Html = "<html><body>Sorry!</body></html>";

    [Theory]
    [InlineData("500 Internal Server Error", "text/html", Html, "unknown")]
    [InlineData("502 Bad Gateway", "text/html", Html, "unknown")]
    [InlineData("504 Gateway Timeout", "text/plain", "", "unknown")]
    [InlineData("408 Request Timeout", "text/plain", "", "unknown")]
    [InlineData("201 Created", "application/json", "{}", "unknown")]
    [InlineData("201 Created", "application/json", "{\"sid\":\"\"}", "unknown")]
    [InlineData("201 Created", "application/json", "{\"sid\":null}", "unknown")]
    [InlineData("201 Created", "application/json", "{\"sid\":", "unknown")]
    [InlineData("201 Created", "application/json", "[]", "unknown")]
    [InlineData("201 Created", "application/json", "", "unknown")]
    [InlineData("201 Created", "application/json", "null", "unknown")]
    [InlineData("201 Created", "text/html", Html, "unknown")]
    [InlineData("301 Moved Permanently", "text/html", Html, "unknown")]
    [InlineData("201 Created", "application/json", "{\"sid\":\"SM1\"}", "taken")]
    [InlineData("429 Too Many Requests", "text/html", Html, "not now")]
    [InlineData("403 Forbidden", "text/html", Html, "not now")]
    [InlineData("403 Forbidden", "application/json", "{\"code\":21215}", "not here")]
    [InlineData("400 Bad Request", "text/html", Html, "not here")]
    [InlineData("400 Bad Request", "application/json", "{\"code\":\"21211\"}", "not here")]
    [InlineData("400 Bad Request", "application/json", "{\"code\":21211.5}", "not here")]
    [InlineData("400 Bad Request", "application/json", "[21211]", "not here")]
    [InlineData("400 Bad Request", "application/json", "{\"code\":21211}", "no")]
    public async Task An_answer_means(string status, string type, string body, string means)
    {
        using var server = new RawServer($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var answer = await Send(server);
        Assert.Equal(means switch
        {
            "taken" => CarrierAnswer.Done("SM1") with { LookAfter = answer.LookAfter },
            "not now" => CarrierAnswer.NotNow(),
            "not here" => CarrierAnswer.NotHere(Reason.Undeliverable),
            "no" => CarrierAnswer.No(Reason.Undeliverable),
            _ => TwilioAnswers.Unknown(),
        }, answer);
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"sid\":\"SM1\"}")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sid")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000\r\n\r\n{\"code\":21211}")]
    [InlineData("HTTP/1.1 201 Cre")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("")]
    public async Task An_answer_that_is_cut_or_none_leaves_the_outcome_unknown(string bytes)
    {
        using var server = new RawServer(bytes);
        Assert.Equal(TwilioAnswers.Unknown(), await Send(server));
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_cut_off_and_its_connection_with_it()
    {
        using var server = new RawServer("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"sid\":", holds: true);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.Equal(TwilioAnswers.Unknown(), await Send(server, soon.Token).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    private static async Task<CarrierAnswer> Send(RawServer server, CancellationToken? cancel = null)
    {
        var network = new VirtualPhoneOptions { TwilioAuthToken = "a-token-of-the-account" };
        using var carrier = (TwilioCarrier)new TwilioWire().Carrier(new(server.Url), network, new());
        return await carrier.SendTextAsync(
            new(TestNetwork.Phone, "Your code is 123456.", "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, TestNetwork.Once()), cancel ?? TestContext.Current.CancellationToken);
    }
}
