using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Mfa.Acs;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Functions.Tests;

/// <summary>What the pipeline of the SDKs throws, over real sockets, and what it means. Each is one request: nothing is retried.</summary>
public sealed class AcsFaultsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("500 Internal Server Error", "unknown")]
    [InlineData("504 Gateway Timeout", "unknown")]
    [InlineData("408 Request Timeout", "unknown")]
    [InlineData("503 Service Unavailable", "not now")]
    [InlineData("429 Too Many Requests", "not now")]
    [InlineData("401 Unauthorized", "not now")]
    [InlineData("403 Forbidden", "not now")]
    [InlineData("400 Bad Request", "no")]
    [InlineData("404 Not Found", "no")]
    public async Task A_status_means(string status, string means)
    {
        using var server = new RawServer(Answer(status));
        Assert.Equal(Outcome(means), AcsFaults.Of(await FaultAsync(server.Url), s_now));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_the_outcome_unknown()
    {
        using var server = new RawServer(null);
        Assert.Equal(CarrierAnswer.Unknown(), AcsFaults.Of(await FaultAsync(server.Url), s_now));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Where_no_connection_comes_about_nothing_was_sent()
    {
        var server = new RawServer(null);
        var url = server.Url;
        server.Dispose();
        Assert.Equal(CarrierAnswer.NotNow(), AcsFaults.Of(await FaultAsync(url), s_now));
        Assert.Equal(CarrierAnswer.NotNow(), AcsFaults.Of(await FaultAsync(new Uri("http://nowhere.invalid/")), s_now));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Tue, 24 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Tue, 24 Nov 2026 11:00:00 GMT", null)]
    [InlineData("soon", null)]
    public async Task Patience_that_is_asked_for_is_told(string retryAfter, int? seconds)
    {
        using var server = new RawServer(Answer("429 Too Many Requests", $"Retry-After: {retryAfter}\r\n"));
        Assert.Equal(CarrierAnswer.NotNow(seconds is { } s ? TimeSpan.FromSeconds(s) : null), AcsFaults.Of(await FaultAsync(server.Url), s_now));
    }

    [Theory]
    [InlineData("404 Not Found", "8522", true)]
    [InlineData("400 Bad Request", "8501", true)]
    [InlineData("409 Conflict", "8528", true)]
    [InlineData("400 Bad Request", "8523", false)]
    public async Task A_call_that_is_over_is_known_by_its_code(string status, string code, bool over)
    {
        var body = $"{{\"error\":{{\"code\":\"{code}\"}}}}";
        using var server = new RawServer(Answer(status, "Content-Type: application/json\r\n", body));
        Assert.Equal(over, AcsFaults.IsOver(await FaultAsync(server.Url)));
    }

    private static string Answer(string status, string headers = "", string body = "") => $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static CarrierAnswer Outcome(string means) => means switch
    {
        "unknown" => CarrierAnswer.Unknown(),
        "not now" => CarrierAnswer.NotNow(),
        _ => CarrierAnswer.No(Reason.Undeliverable),
    };

    private static async Task<RequestFailedException> FaultAsync(Uri address)
    {
        var pipeline = HttpPipelineBuilder.Build(AcsPipeline.Prepare(new PipelineOptions(), new RepeatableCall()), new SigningPolicy("a2V5"));
        // A retry that heeds the carrier's Retry-After would wait for hours.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Assert.ThrowsAsync<RequestFailedException>(async () =>
        {
            using var message = pipeline.CreateMessage();
            message.Request.Method = RequestMethod.Post;
            message.Request.Uri.Reset(address);
            message.Request.Content = RequestContent.Create(BinaryData.FromString("{}"));
            await pipeline.SendAsync(message, limit.Token);
            throw new RequestFailedException(message.Response);
        });
    }
}
