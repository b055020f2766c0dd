namespace Mfa.VirtualPhone.Tests;

public sealed class HabitTests
{
    [Fact]
    public async Task Busy_fails_at_once()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "busy" });
        await net.Call(context: "c");
        var failed = await net.Receiver.Next("CreateCallFailed");
        Assert.Equal(((486, 560486), "c"), (failed.Result, failed.Context));
    }

    [Fact]
    public async Task No_answer_rings_and_fails()
    {
        await using var net = await Network.Start(options => options.NoAnswerAfter = TimeSpan.FromMilliseconds(20));
        await net.Phone.Habit(new { calls = "no-answer" });
        await net.Call();
        Assert.Equal((480, 560480), (await net.Receiver.Next("CreateCallFailed")).Result);
    }

    [Fact]
    public async Task Decline_brings_both_events()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "decline" });
        await net.Call();
        Assert.Equal((603, 560603), (await net.Receiver.Next("CreateCallFailed")).Result);
        Assert.Equal(200, (await net.Receiver.Next("CallDisconnected")).Result.Code);
    }

    [Fact]
    public async Task Voicemail_answers_presses_nothing_and_hangs_up()
    {
        await using var net = await Network.StartWithStoppedClock();
        await net.Phone.Habit(new { calls = "voicemail" });
        var call = new MediaOn(net, await net.Call());
        net.Time!.Advance(net.Options.AnswerDelay);
        await net.Receiver.Next("CallConnected");
        await call.Recognize();
        net.Time.Advance(net.Options.SpeakFor);
        net.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((400, 8510), (await net.Receiver.Next("RecognizeFailed")).Result);
        net.Time.Advance(net.Options.VoicemailFor);
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
    }

    [Fact]
    public async Task Answer_picks_up_by_itself_and_takes_keys()
    {
        await using var net = await Network.Start(options => options.AnswerDelay = TimeSpan.FromMilliseconds(1));
        await net.Phone.Habit(new { calls = "answer" });
        var call = new MediaOn(net, await net.Call());
        await net.Receiver.Next("CallConnected");
        await call.Recognize();
        await net.Phone.Post("keys", new { keys = "#" });
        Assert.Equal((200, 8531), (await net.Receiver.Next("RecognizeCompleted")).Result);
    }

    [Fact]
    public async Task Twice_posts_each_event_twice_with_one_id()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "busy", events = "twice" });
        await net.Call();
        var one = await net.Receiver.Next("CreateCallFailed");
        var two = await net.Receiver.Next("CreateCallFailed");
        Assert.Equal(one.Id, two.Id);
        Assert.Equal(one.Event.GetRawText(), two.Event.GetRawText());
    }

    [Fact]
    public async Task Shuffled_posts_what_is_due_together_in_another_order()
    {
        await using var net = await Network.Start(options => options.ShuffleWithin = TimeSpan.FromMilliseconds(50));
        await net.Phone.Habit(new { events = "shuffled" });
        await net.Call();
        await net.Phone.Post("answer");
        var connected = await net.Receiver.Next("CallConnected");
        var participants = await net.Receiver.Next("ParticipantsUpdated");
        Assert.True(participants.Count < connected.Count);
    }

    [Fact]
    public async Task Early_posts_the_first_event_before_createCall_is_answered()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "answer", events = "early" });
        var hold = new TaskCompletionSource();
        net.Receiver.Holds = hold.Task;
        var create = net.Carrier.Post("/calling/callConnections", net.CallBody());
        var connected = await net.Receiver.Next("CallConnected");
        Assert.False(create.IsCompleted);
        hold.SetResult();
        Assert.Equal(connected.Data.GetProperty("callConnectionId").GetString(), (await create).Body.GetProperty("callConnectionId").GetString());
    }

    [Theory]
    [InlineData("{\"calls\":\"sing\"}")]
    [InlineData("{\"calls\":1}")]
    [InlineData("{\"texts\":\"Deliver me\"}")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_habit_that_there_is_not_is_400(string body)
    {
        await using var net = await Network.Start();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await net.Http.PutAsync($"/phones/{Network.Alice}/habit", content, TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task What_a_habit_does_not_name_stays()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { calls = "no-answer" });
        await net.Phone.Habit(new { texts = "fail" });
        var habit = (await net.Phone.Look()).GetProperty("habit");
        Assert.Equal(("no-answer", "fail", "once"), (habit.GetProperty("calls").GetString(), habit.GetProperty("texts").GetString(), habit.GetProperty("events").GetString()));
    }
}
