namespace Mfa.VirtualPhone.Tests;

public sealed class EventDeliveryTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_call_event_that_was_not_taken_comes_again_and_with_a_proof_of_its_own(int status)
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "busy" });
        net.Receiver.Answers.Enqueue(status);
        net.Receiver.Answers.Enqueue(status);
        await net.Call();
        var one = await net.Receiver.Next("CreateCallFailed");
        var two = await net.Receiver.Next("CreateCallFailed");
        var three = await net.Receiver.Next("CreateCallFailed");
        Assert.Equal([one.Id, one.Id], [two.Id, three.Id]);
    }

    [Fact]
    public async Task An_event_that_is_not_taken_does_not_hold_up_the_next()
    {
        await using var net = await Network.Start(options => options.EventRetry = TimeSpan.FromHours(1));
        net.Receiver.Answers.Enqueue(500);
        await net.Call();
        await net.Phone.Post("answer");
        await net.Receiver.Next("CallConnected");
        await net.Receiver.Next("ParticipantsUpdated");
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_in_time_gets_it_again()
    {
        await using var net = await Network.Start(options => options.EventTimeout = TimeSpan.FromMilliseconds(300));
        await net.Phone.Habit(new { calls = "busy" });
        var hold = new TaskCompletionSource();
        net.Receiver.Holds = hold.Task;
        await net.Call();
        var one = await net.Receiver.Next("CreateCallFailed");
        net.Receiver.Holds = null;
        Assert.Equal(one.Id, (await net.Receiver.Next("CreateCallFailed")).Id);
        hold.SetResult();
    }

    [Fact]
    public async Task A_receiver_that_was_not_there_gets_it_when_it_is()
    {
        await using var net = await Network.Start();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";
        taken.Stop();
        net.Options.TextEventsUrl = address + "/texts";
        await net.Phone.Post("texts", new { to = Network.Own, body = "late" });
        await using var late = await Receiver.Start(TimeProvider.System, address);
        Assert.Equal("late", (await late.Next("SMSReceived")).Data.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_text_event_comes_again_and_says_how_often_it_was_tried()
    {
        await using var net = await Network.Start();
        net.Receiver.Answers.Enqueue(503);
        await net.Phone.Post("texts", new { to = Network.Own, body = "again" });
        var one = await net.Receiver.Next("SMSReceived");
        var two = await net.Receiver.Next("SMSReceived");
        Assert.Equal((one.Id, "0", "1"), (two.Id, one.Headers["aeg-delivery-count"].ToString(), two.Headers["aeg-delivery-count"].ToString()));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public async Task A_receiver_that_refuses_an_event_does_not_get_it_again(int status)
    {
        await using var net = await Network.Start(options => options.EventRetry = TimeSpan.FromMilliseconds(1));
        net.Receiver.Answers.Enqueue(status);
        await net.Phone.Post("texts", new { to = Network.Own, body = "one" });
        await net.Receiver.Next("SMSReceived");
        // The second retry of another event comes well after the first retry of this one would have.
        net.Receiver.Answers.Enqueue(503);
        net.Receiver.Answers.Enqueue(503);
        await net.Phone.Post("texts", new { to = Network.Own, body = "two" });
        for (var i = 0; i < 3; i++) { await net.Receiver.Next("SMSReceived"); }
        Assert.Equal(["one", "two", "two", "two"], net.Receiver.All.Select(one => one.Data.GetProperty("message").GetString()!));
    }

    [Fact]
    public void The_schedules_are_the_carriers()
    {
        var text = new OutgoingEvent(new("http://localhost"), [], OfCall: false);
        Assert.Equal([10, 30, 60, 300, 600], RetrySchedule.For(text, TimeSpan.FromSeconds(1)).Select(delay => delay.TotalSeconds));
        var call = RetrySchedule.For(text with { OfCall = true }, TimeSpan.FromSeconds(1)).ToArray();
        Assert.Equal([1, 2, 4, 8], call.Take(4).Select(delay => delay.TotalSeconds));
        Assert.InRange(call.Sum(delay => delay.TotalMinutes), 3, 10);
    }

    [Fact]
    public async Task Events_of_an_operation_go_where_the_operation_says()
    {
        await using var net = await Network.Start(options => options.SpeakFor = TimeSpan.Zero);
        await using var other = await Receiver.Start(TimeProvider.System);
        other.Trust(net.Address + "/calling/.well-known/acsopenidconfiguration", net.Options);
        var call = new MediaOn(net, await net.CallAndAnswer());
        await net.Carrier.Post(call.Path + ":play", new { playSources = new[] { MediaOn.Text("Hello") }, operationCallbackUri = other.CallsUrl });
        await other.Next("PlayCompleted");
        Assert.DoesNotContain(net.Receiver.All, one => one.Kind == "PlayCompleted");
    }
}
