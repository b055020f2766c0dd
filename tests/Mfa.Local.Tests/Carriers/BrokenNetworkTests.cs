using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

public sealed class BrokenNetworkTests
{
    [Fact]
    public async Task A_network_that_does_not_answer_in_time_leaves_the_outcome_unknown()
    {
        using var silent = new RawServer(answer: null);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.Equal(CarrierAnswer.Unknown(), await Send(silent, soon.Token));
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_the_outcome_unknown()
    {
        using var broken = new RawServer(answer: "");
        Assert.Equal(CarrierAnswer.Unknown(), await Send(broken));
    }

    [Fact]
    public async Task A_name_that_is_not_known_has_sent_nothing() =>
        Assert.Equal(CarrierAnswer.NotNow(), await Send("http://nowhere.invalid/"));

    [Theory]
    [InlineData("202 Accepted", "{\"value\":[{\"to\":\"+1\",\"successful\":true,\"httpStatusCode\":202}]}", "done")]
    [InlineData("202 Accepted", "{\"value\":[]}", "unknown")]
    [InlineData("202 Accepted", "not json", "unknown")]
    [InlineData("500 Internal Server Error", "", "unknown")]
    [InlineData("504 Gateway Timeout", "", "unknown")]
    [InlineData("503 Service Unavailable", "", "not now")]
    [InlineData("429 Too Many Requests", "", "not now")]
    [InlineData("403 Forbidden", "", "not now")]
    [InlineData("400 Bad Request", "{\"error\":{\"code\":\"8523\"}}", "no")]
    [InlineData("404 Not Found", "", "no")]
    public async Task A_status_means(string status, string body, string means)
    {
        using var server = new RawServer($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var answer = await Send(server);
        Assert.Equal(means switch
        {
            "done" => CarrierAnswer.Done(),
            "unknown" => CarrierAnswer.Unknown(),
            "not now" => CarrierAnswer.NotNow(),
            _ => CarrierAnswer.No(Reason.Undeliverable),
        }, answer);
    }

    [Fact]
    public async Task A_number_that_wants_no_texts_has_opted_out()
    {
        const string body = "{\"value\":[{\"successful\":false,\"httpStatusCode\":400,\"errorMessage\":\"The recipient has opted out of messages from your number.\"}]}";
        using var server = new RawServer($"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        Assert.Equal(CarrierAnswer.No(Reason.OptedOut), await Send(server));
    }

    [Fact]
    public async Task A_network_that_asks_for_patience_gets_it()
    {
        using var busy = new RawServer("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(CarrierAnswer.NotNow(TimeSpan.FromSeconds(7)), await Send(busy));
    }

    private static Task<CarrierAnswer> Send(RawServer server, CancellationToken? cancel = null) => Send(server.Url, cancel);

    private static async Task<CarrierAnswer> Send(string url, CancellationToken? cancel = null)
    {
        Assert.True(NetworkConnection.TryParse($"endpoint={url};accesskey=a2V5", out var connection));
        using var carrier = new VirtualCarrier(connection, "+18005550100", TimeProvider.System, new Lines().For<VirtualCarrier>());
        return await carrier.SendTextAsync(new(TestNetwork.Phone, "Your code is 123456.", "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, TestNetwork.Once()), cancel ?? TestContext.Current.CancellationToken);
    }
}
