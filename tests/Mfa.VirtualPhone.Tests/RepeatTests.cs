using System.Globalization;

namespace Mfa.VirtualPhone.Tests;

public sealed class RepeatTests
{
    private readonly (string, string)[] _headers =
    [
        ("Repeatability-Request-ID", Guid.NewGuid().ToString()),
        ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public async Task The_same_id_places_one_call_and_answers_the_same()
    {
        await using var net = await Network.Start();
        var first = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers);
        var again = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers);
        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());
        Assert.Equal("accepted", again.Headers.GetValues("Repeatability-Result").Single());
        Assert.Equal("ringing", (await net.Phone.Look()).GetProperty("call").GetProperty("state").GetString());
        Assert.Empty(net.Receiver.All);
    }

    [Fact]
    public async Task Of_two_requests_with_one_id_at_the_same_time_one_places_the_call()
    {
        await using var net = await Network.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers)));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("callConnectionId").GetString()).Distinct());
    }

    [Fact]
    public async Task After_five_minutes_the_same_id_is_a_new_call()
    {
        await using var net = await Network.StartWithStoppedClock(options => options.RingFor = TimeSpan.FromHours(1));
        var first = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers);
        net.Time!.Advance(TimeSpan.FromSeconds(299));
        var repeated = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers);
        net.Time.Advance(TimeSpan.FromSeconds(1));
        var another = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers);

        string Id(Answer answer) => answer.Body.GetProperty("callConnectionId").GetString()!;
        Assert.Equal(Id(first), Id(repeated));
        Assert.NotEqual(Id(first), Id(another));
        Assert.Equal((486, 560486), (await net.Receiver.Next("CreateCallFailed")).Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task One_of_the_two_headers_alone_is_400(int which)
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/calling/callConnections", net.CallBody(), _headers[which]);
        Assert.Equal((400, "8523"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("no uuid", "Mon, 23 Nov 2026 12:00:00 GMT")]
    [InlineData("7f0c1e5a-4b62-4d39-9a58-1c2d3e4f5a6b", "yesterday")]
    public async Task Headers_that_are_not_an_id_and_a_date_are_400(string id, string date)
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/calling/callConnections", net.CallBody(), ("Repeatability-Request-ID", id), ("Repeatability-First-Sent", date));
        Assert.Equal((400, "8523"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Hanging_up_again_with_the_same_id_is_no_error()
    {
        await using var net = await Network.Start();
        var id = await net.Call();
        Assert.Equal(204, (await net.Carrier.Post($"/calling/callConnections/{id}:terminate", null, _headers)).Status);
        Assert.Equal(204, (await net.Carrier.Post($"/calling/callConnections/{id}:terminate", null, _headers)).Status);
    }

    [Fact]
    public async Task The_same_id_sends_one_text_until_five_minutes_have_gone()
    {
        await using var net = await Network.StartWithStoppedClock();
        var id = Guid.NewGuid().ToString();
        var first = await net.Carrier.Post("/sms", Network.TextBody(repeatId: id));
        net.Time!.Advance(TimeSpan.FromMinutes(4));
        var again = await net.Carrier.Post("/sms", Network.TextBody(repeatId: id));
        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());
        Assert.Single((await net.Phone.Look()).GetProperty("texts").EnumerateArray());

        net.Time.Advance(TimeSpan.FromMinutes(1));
        await net.Carrier.Post("/sms", Network.TextBody(repeatId: id));
        Assert.Equal(2, (await net.Phone.Look()).GetProperty("texts").GetArrayLength());
    }

    [Fact]
    public async Task A_text_with_half_of_the_pair_is_refused()
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/sms", new
        {
            from = Network.Own,
            message = "Good day",
            smsRecipients = new[] { new { to = "+" + Network.Alice, repeatabilityRequestId = Guid.NewGuid() } },
        });
        var item = answer.Body.GetProperty("value")[0];
        Assert.False(item.GetProperty("successful").GetBoolean());
        Assert.Equal(400, item.GetProperty("httpStatusCode").GetInt32());
    }
}
