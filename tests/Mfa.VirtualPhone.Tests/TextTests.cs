namespace Mfa.VirtualPhone.Tests;

public sealed class TextTests
{
    [Fact]
    public async Task A_text_arrives_and_is_reported_delivered()
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/sms", Network.TextBody(report: true));
        var item = answer.Body.GetProperty("value")[0];
        Assert.Equal(202, item.GetProperty("httpStatusCode").GetInt32());
        Assert.Equal("accepted", item.GetProperty("repeatabilityResult").GetString());
        Assert.True(item.GetProperty("successful").GetBoolean());
        var id = item.GetProperty("messageId").GetString()!;
        Assert.StartsWith("Outgoing_", id, StringComparison.Ordinal);

        var text = (await net.Phone.Look()).GetProperty("texts")[0];
        Assert.Equal((id, Network.Own, "Good day"), (text.GetProperty("id").GetString(), text.GetProperty("from").GetString(), text.GetProperty("body").GetString()));

        var report = (await net.Receiver.Next("SMSDeliveryReportReceived")).Data;
        Assert.Equal(id, report.GetProperty("messageId").GetString());
        Assert.Equal(("18005550100", Network.Alice), (report.GetProperty("from").GetString(), report.GetProperty("to").GetString()));
        Assert.Equal(("Delivered", "a tag"), (report.GetProperty("deliveryStatus").GetString(), report.GetProperty("tag").GetString()));
        Assert.NotEmpty(report.GetProperty("deliveryStatusDetails").GetString()!);
        Assert.Equal(1, report.GetProperty("deliveryAttempts")[0].GetProperty("segmentsSucceeded").GetInt32());
    }

    [Fact]
    public async Task No_report_comes_that_was_not_asked_for()
    {
        await using var net = await Network.Start();
        await net.Carrier.Post("/sms", Network.TextBody());
        await net.Phone.Post("texts", new { to = "18005550100", body = "the end" });
        await net.Receiver.Next("SMSReceived");
        Assert.Single(net.Receiver.All);
    }

    [Fact]
    public async Task A_phone_that_refuses_texts_refuses_the_item_only()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { texts = "refuse" });
        var answer = await net.Carrier.Post("/sms", new
        {
            from = Network.Own,
            message = "Good day",
            smsRecipients = new[] { new { to = "+" + Network.Alice }, new { to = "+14255550199" }, new { to = "4255550123" } },
        });
        Assert.Equal(202, answer.Status);
        var items = answer.Body.GetProperty("value").EnumerateArray().ToArray();
        Assert.Equal([400, 202, 400], items.Select(item => item.GetProperty("httpStatusCode").GetInt32()));
        Assert.Equal([false, true, false], items.Select(item => item.GetProperty("successful").GetBoolean()));
        Assert.Equal("Invalid To phone number format.", items[2].GetProperty("errorMessage").GetString());
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    [Fact]
    public async Task A_text_that_fails_was_accepted_and_is_reported_failed()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { texts = "fail" });
        var answer = await net.Carrier.Post("/sms", Network.TextBody(report: true));
        Assert.True(answer.Body.GetProperty("value")[0].GetProperty("successful").GetBoolean());
        Assert.Equal("Failed", (await net.Receiver.Next("SMSDeliveryReportReceived")).Data.GetProperty("deliveryStatus").GetString());
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("STOP")]
    [InlineData("START")]
    public async Task A_text_from_the_phone_is_told_as_event_grid_tells_it(string body)
    {
        await using var net = await Network.Start();
        var phone = await net.Phone.Post("texts", new { to = Network.Own, body });
        var received = await net.Receiver.Next("SMSReceived");
        Assert.Equal("Microsoft.Communication.SMSReceived", received.Event.GetProperty("eventType").GetString());
        Assert.Equal("/phonenumber/18005550100", received.Event.GetProperty("subject").GetString());
        Assert.Equal(("1.0", "1"), (received.Event.GetProperty("dataVersion").GetString(), received.Event.GetProperty("metadataVersion").GetString()));
        Assert.NotEmpty(received.Event.GetProperty("topic").GetString()!);
        Assert.True(received.Event.GetProperty("eventTime").TryGetDateTimeOffset(out _));
        Assert.Equal("Notification", received.Headers["aeg-event-type"]);
        Assert.Equal("delivery secret", received.Headers["X-Mfa-Events-Secret"]);
        Assert.Equal((Network.Alice, "18005550100"), (received.Data.GetProperty("from").GetString(), received.Data.GetProperty("to").GetString()));
        Assert.Equal((body, 1), (received.Data.GetProperty("message").GetString(), received.Data.GetProperty("segmentCount").GetInt32()));
        Assert.True(received.Data.GetProperty("receivedTimestamp").TryGetDateTimeOffset(out _));
        Assert.StartsWith("Incoming_", received.Data.GetProperty("messageId").GetString(), StringComparison.Ordinal);
        Assert.Equal(body, phone.GetProperty("sent")[0].GetProperty("body").GetString());
    }

    [Fact]
    public async Task Texts_are_told_twice_and_shuffled_too()
    {
        await using var net = await Network.Start(options => options.ShuffleWithin = TimeSpan.FromMilliseconds(100));
        await net.Phone.Habit(new { events = "twice" });
        await net.Phone.Post("texts", new { to = Network.Own, body = "one" });
        Assert.Equal((await net.Receiver.Next("SMSReceived")).Id, (await net.Receiver.Next("SMSReceived")).Id);

        await net.Phone.Habit(new { events = "shuffled" });
        await Task.WhenAll(net.Phone.Post("texts", new { to = Network.Own, body = "two" }), net.Phone.Post("texts", new { to = Network.Own, body = "three" }));
        var sent = (await net.Phone.Look()).GetProperty("sent").EnumerateArray().TakeLast(2).Select(text => text.GetProperty("body").GetString());
        var first = await net.Receiver.Next("SMSReceived");
        var second = await net.Receiver.Next("SMSReceived");
        Assert.Equal(sent.Reverse(), [first.Data.GetProperty("message").GetString(), second.Data.GetProperty("message").GetString()]);
    }

    [Fact]
    public async Task A_text_from_a_number_that_is_not_ours_is_403()
    {
        await using var net = await Network.Start(options => options.Numbers = ["+18005550199"]);
        var answer = await net.Carrier.Post("/sms", Network.TextBody());
        Assert.Equal((403, "7504"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 1)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé", 2)]
    public void A_long_text_takes_several_messages(string text, int segments) => Assert.Equal(segments, Segments.Of(text));
}
