namespace Mfa.VirtualPhone.Tests;

/// <summary>The push service, as RFC 8030 and RFC 8292 say.</summary>
public sealed class PushTests
{
    [Fact]
    public async Task A_message_is_delivered_once_as_it_came_and_has_an_address()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        using var sent = await server.Send(topic: "request", urgency: "high");
        Assert.Equal((201, "60"), ((int)sent.StatusCode, sent.Headers.GetValues("TTL").Single()));
        Assert.StartsWith(net.Address, sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        var message = (await net.Http.GetFromJsonAsync<JsonElement>(server.Path + "/messages", TestContext.Current.CancellationToken)).GetProperty("messages").EnumerateArray().Single();
        var headers = message.GetProperty("headers");
        Assert.Equal(("AQID", "60", "request", "high", "aes128gcm"), (message.GetProperty("body").GetString(), Of("TTL"), Of("Topic"), Of("Urgency"), Of("Content-Encoding")));
        Assert.Empty(await server.Delivered());

        string? Of(string name) => headers.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Who_listens_gets_it_at_once()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        var waiting = server.Delivered(wait: 25);
        Assert.Equal(201, await server.Status());
        Assert.Equal(["010203"], await waiting);
    }

    [Fact]
    public async Task A_topic_replaces_what_is_not_delivered_yet_and_nothing_else()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        await server.Status(topic: "a", body: [1]);
        await server.Status(topic: "b", body: [2]);
        await server.Status(body: [3]);
        await server.Status(topic: "a", body: [4]);
        Assert.Equal(["02", "03", "04"], await server.Delivered());
        await server.Status(topic: "a", body: [5]);
        Assert.Equal(["05"], await server.Delivered());
    }

    [Fact]
    public async Task A_message_lives_as_long_as_it_says_and_one_of_no_time_only_while_somebody_listens()
    {
        await using var net = await Network.StartWithStoppedClock();
        using var server = await PushServer.Subscribe(net);
        await server.Status(ttl: "10", body: [1]);
        await server.Status(ttl: "11", body: [2]);
        await server.Status(ttl: "0", body: [3]);
        net.Time!.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["02"], await server.Delivered());
        var waiting = server.Delivered(wait: 25);
        for (var tries = 0; tries < 100 && !waiting.IsCompleted; tries++) { await server.Status(ttl: "0", body: [4]); }
        Assert.Contains("04", await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(null, null, null, "aes128gcm")]
    [InlineData("-1", null, null, "aes128gcm")]
    [InlineData("soon", null, null, "aes128gcm")]
    [InlineData("60", "a b", null, "aes128gcm")]
    [InlineData("60", "abcdefghijklmnopqrstuvwxyz0123456", null, "aes128gcm")]
    [InlineData("60", null, "urgent", "aes128gcm")]
    [InlineData("60", null, null, null)]
    public async Task A_request_that_is_not_as_it_should_be_is_400(string? ttl, string? topic, string? urgency, string? encoding)
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        Assert.Equal(400, await server.Status(ttl, topic, urgency, encoding: encoding));
        Assert.Empty(await server.Delivered());
    }

    [Fact]
    public async Task A_message_may_have_4096_bytes_and_no_more()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        Assert.Equal((201, 413), (await server.Status(body: new byte[4096]), await server.Status(body: new byte[4097])));
    }

    [Fact]
    public async Task Only_the_application_server_that_it_was_made_for_may_push()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        using var other = new PushServer(net);
        string Header(string token, string key) => $"vapid t={token}, k={key}";
        Assert.Equal(401, await server.Status(authorization: null));
        Assert.Equal(401, await server.Status(authorization: "vapid nothing"));
        Assert.Equal(401, await server.Status(authorization: "Bearer " + server.Token()));
        Assert.Equal(403, await server.Status(authorization: Header(other.Token(), other.Key)));
        Assert.Equal(403, await server.Status(authorization: Header(other.Token(), server.Key)));
        Assert.Equal(403, await server.Status(authorization: Header(server.Token("https://push.example"), server.Key)));
        Assert.Equal(403, await server.Status(authorization: Header(server.Token("http://127.0.0.1"), server.Key)));
        Assert.Equal(403, await server.Status(authorization: Header(server.Token(lasts: TimeSpan.FromSeconds(-1)), server.Key)));
        Assert.Equal(403, await server.Status(authorization: Header(server.Token(lasts: TimeSpan.FromHours(25)), server.Key)));
        Assert.Empty(await server.Delivered());
        Assert.Equal(201, await server.Status());
    }

    [Fact]
    public async Task A_subscription_of_no_key_takes_anybodys_and_still_no_wrong_token()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net, restricted: false);
        Assert.Equal((201, 201), (await server.Status(authorization: null), await server.Status()));
        Assert.Equal(403, await server.Status(authorization: $"vapid t={server.Token("https://push.example")}, k={server.Key}"));
    }

    [Fact]
    public async Task What_was_given_up_is_410_from_then_on_and_what_never_was_is_404()
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        using var nobody = new PushServer(net);
        Assert.Equal(404, await nobody.Status());
        var waiting = net.Http.GetAsync(server.Path + "/messages?wait=25", TestContext.Current.CancellationToken);
        using var ended = await net.Http.DeleteAsync(server.Path, TestContext.Current.CancellationToken);
        Assert.Equal((204, 410), ((int)ended.StatusCode, await server.Status()));
        Assert.True((await waiting).IsSuccessStatusCode || (int)(await waiting).StatusCode == 410);
        using var after = await net.Http.GetAsync(server.Path + "/messages", TestContext.Current.CancellationToken);
        Assert.Equal(410, (int)after.StatusCode);
    }

    [Theory]
    [InlineData("once", 201, 1)]
    [InlineData("twice", 201, 2)]
    [InlineData("lose", 201, 0)]
    [InlineData("refuse", 403, 0)]
    [InlineData("busy", 429, 0)]
    [InlineData("down", 503, 0)]
    public async Task Its_habit_is_what_becomes_of_messages(string habit, int status, int delivered)
    {
        await using var net = await Network.Start();
        using var server = await PushServer.Subscribe(net);
        await server.Habit(habit);
        using var answer = await server.Send();
        Assert.Equal((status, delivered), ((int)answer.StatusCode, (await server.Delivered()).Count));
        Assert.Equal(status is 429 or 503, answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_late_message_comes_when_its_time_has_come()
    {
        await using var net = await Network.StartWithStoppedClock();
        using var server = await PushServer.Subscribe(net);
        await server.Habit("late");
        Assert.Equal(201, await server.Status());
        Assert.Empty(await server.Delivered());
        net.Time!.Advance(net.Options.PushLateBy);
        Assert.Equal(["010203"], await server.Delivered(wait: 25));
    }

    [Theory]
    [InlineData("{\"applicationServerKey\":\"AAAA\"}")]
    [InlineData("{\"applicationServerKey\":1}")]
    [InlineData("{")]
    public async Task A_subscription_for_what_is_no_key_is_400(string body)
    {
        await using var net = await Network.Start();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await net.Http.PostAsync("/push", content, TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_origin_holds_no_subscription()
    {
        await using var net = await Network.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/push") { Headers = { { "Origin", "https://elsewhere.example" } } };
        using var answer = await net.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)answer.StatusCode);
    }
}
