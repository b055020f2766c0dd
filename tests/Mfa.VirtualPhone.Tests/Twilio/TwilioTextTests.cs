namespace Mfa.VirtualPhone.Tests;

public sealed class TwilioTextTests
{
    [Fact]
    public async Task A_text_is_queued_arrives_and_is_told_sent_and_delivered()
    {
        await using var net = await Network.Start();
        await using var server = await WebhookServer.Start(net);
        var answer = await new TwilioClient(net).Text(("StatusCallback", server.At("status?try=a%2Fb")));
        Assert.Equal((201, "queued", "outbound-api"), (answer.Status, answer["status"], answer["direction"]));
        Assert.Matches("^SM[0-9a-f]{32}$", answer["sid"]);
        Assert.EndsWith(" +0000", answer["date_created"], StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, answer.Body.GetProperty("date_sent").ValueKind);

        var text = (await net.Phone.Look()).GetProperty("texts")[0];
        Assert.Equal((answer["sid"], TwilioClient.Number, "Good day", "twilio"), (Of(text, "id"), Of(text, "from"), Of(text, "body"), Of(text, "wire")));

        var sent = await server.Next("status");
        var delivered = await server.Next("status");
        Assert.Equal(("sent", "delivered"), (sent["MessageStatus"], delivered["MessageStatus"]));
        Assert.Equal((answer["sid"], net.Options.TwilioAccountSid, "+" + Network.Alice), (sent["MessageSid"], sent["AccountSid"], sent["To"]));
        Assert.All(server.All, hook => Assert.True(hook.IsSigned));
        Assert.NotEqual(sent.Headers["I-Twilio-Idempotency-Token"], delivered.Headers["I-Twilio-Idempotency-Token"]);

        var now = await new TwilioClient(net).Get($"Messages/{answer["sid"]}.json");
        Assert.Equal(("delivered", answer["sid"]), (now["status"], now["sid"]));
    }

    [Fact]
    public async Task A_messaging_service_accepts_a_text_and_sends_it_from_its_number()
    {
        await using var net = await Network.Start();
        await using var server = await WebhookServer.Start(net);
        var answer = await new TwilioClient(net).Text(("From", ""), ("MessagingServiceSid", net.Options.TwilioMessagingService), ("StatusCallback", server.At("status")));
        Assert.Equal((201, "accepted"), (answer.Status, answer["status"]));
        Assert.Equal(TwilioClient.Number, Of((await net.Phone.Look()).GetProperty("texts")[0], "from"));
        Assert.Equal(["queued", "sent", "delivered"], new[] { await server.Next("status"), await server.Next("status"), await server.Next("status") }.Select(hook => hook["MessageStatus"]));
    }

    [Fact]
    public async Task A_text_that_fails_was_taken_and_is_told_undelivered()
    {
        await using var net = await Network.Start();
        await using var server = await WebhookServer.Start(net);
        await net.Phone.Habit(new { texts = "fail" });
        var answer = await new TwilioClient(net).Text(("StatusCallback", server.At("status")));
        Assert.Equal("sent", (await server.Next("status"))["MessageStatus"]);
        var undelivered = await server.Next("status");
        Assert.Equal(("undelivered", "30003"), (undelivered["MessageStatus"], undelivered["ErrorCode"]));
        Assert.Equal("30003", (await new TwilioClient(net).Get($"Messages/{answer["sid"]}.json"))["error_code"]);
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    [Theory]
    [InlineData("To", "", 21604)]
    [InlineData("To", "12", 21211)]
    [InlineData("To", "+14255550123x12", 21211)]
    [InlineData("From", "", 21603)]
    [InlineData("From", "12", 21212)]
    [InlineData("From", "+18005550100", 21606)]
    [InlineData("MessagingServiceSid", "MG00000000000000000000000000000000", 21701)]
    [InlineData("Body", "", 21602)]
    [InlineData("StatusCallback", "nowhere", 21609)]
    [InlineData("StatusCallback", "http://my_host/status", 21609)]
    [InlineData("To", "+15005550001", 21211)]
    [InlineData("To", "+15005550002", 21612)]
    [InlineData("To", "+15005550003", 21408)]
    [InlineData("To", "+15005550004", 21610)]
    [InlineData("To", "+15005550009", 21614)]
    public async Task A_text_that_cannot_be_sent_is_refused_with_twilios_code(string field, string value, int code)
    {
        await using var net = await Network.Start();
        var answer = await new TwilioClient(net).Text((field, value));
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal(("400", $"https://www.twilio.com/docs/errors/{code}"), (answer["status"], answer["more_info"]));
        Assert.Empty((await new TwilioClient(net).Get("Messages.json")).Body.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_text_may_have_1600_characters()
    {
        await using var net = await Network.Start();
        Assert.Equal(201, (await new TwilioClient(net).Text(("Body", new string('é', 1600)))).Status);
        Assert.Equal(21617, (await new TwilioClient(net).Text(("Body", new string('é', 1601)))).Code);
    }

    [Fact]
    public async Task A_phone_that_refuses_texts_has_no_route()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { texts = "refuse" });
        Assert.Equal(21612, (await new TwilioClient(net).Text()).Code);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("optout")]
    [InlineData(" Revoke ")]
    public async Task Who_answered_stop_gets_no_text_until_start(string word)
    {
        await using var net = await Network.Start();
        var client = new TwilioClient(net);
        var phone = await net.Phone.Post("texts", new { to = TwilioClient.Number, body = word });
        Assert.StartsWith("You have successfully been unsubscribed.", Of(phone.GetProperty("texts")[0], "body"), StringComparison.Ordinal);
        Assert.Equal((400, 21610), (await client.Text() is var refused ? refused.Status : 0, refused.Code));
        Assert.Equal(21610, (await client.Text(("From", ""), ("MessagingServiceSid", net.Options.TwilioMessagingService))).Code);
        await net.Phone.Post("texts", new { to = TwilioClient.Number, body = "start" });
        Assert.Equal(201, (await client.Text()).Status);
        await net.Phone.Post("texts", new { to = TwilioClient.Number, body = word });
        Assert.Equal(21610, (await client.Text()).Code);
        await net.Phone.Reset();
        Assert.Equal(201, (await client.Text()).Status);
    }

    [Fact]
    public async Task A_text_from_the_phone_is_told_as_twilio_tells_it()
    {
        await using var net = await Network.Start();
        await using var server = await WebhookServer.Start(net);
        net.Options.TwilioTextsUrl = server.At("texts");
        var phone = await net.Phone.Post("texts", new { to = TwilioClient.Number, body = "é 482913" });
        var hook = await server.Next("texts");
        Assert.True(hook.IsSigned);
        Assert.Equal(("+" + Network.Alice, TwilioClient.Number, "é 482913", "0", ""), (hook["From"], hook["To"], hook["Body"], hook["NumMedia"], hook["FromCity"]));
        Assert.Equal(hook["MessageSid"], Of(phone.GetProperty("sent")[0], "id"));
        Assert.Equal("twilio", Of(phone.GetProperty("sent")[0], "wire"));
        var listed = (await new TwilioClient(net).Get("Messages.json")).Body.GetProperty("messages")[0];
        Assert.Equal(("inbound", "received", hook["MessageSid"]), (Of(listed, "direction"), Of(listed, "status"), Of(listed, "sid")));
        Assert.Empty(net.Receiver.All);
    }

    [Fact]
    public async Task A_queued_text_arrives_later()
    {
        await using var net = await Network.StartWithStoppedClock(options => options.TwilioQueueFor = TimeSpan.FromSeconds(30));
        await using var server = await WebhookServer.Start(net);
        await new TwilioClient(net).Text(("StatusCallback", server.At("status")));
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
        net.Time!.Advance(TimeSpan.FromSeconds(30));
        await server.Next("status");
        Assert.Single((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    private static string? Of(JsonElement one, string name) => one.GetProperty(name).GetString();
}
