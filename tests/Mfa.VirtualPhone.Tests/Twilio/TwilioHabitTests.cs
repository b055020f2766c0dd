using System.Net.Http.Headers;

namespace Mfa.VirtualPhone.Tests;

/// <summary>What the habits of events and answers do to Twilio's wire.</summary>
public sealed class TwilioHabitTests
{
    [Fact]
    public async Task Twice_posts_each_callback_twice_and_runs_the_first_answer_only()
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { events = "twice" });
        var asked = 0;
        net.Server.Answers = hook => Task.FromResult((200, hook.Path == "/start" ? $"<Response><Say>{Interlocked.Increment(ref asked)}</Say></Response>" : "<Response/>"));
        await net.CallAndAnswer();
        var (one, two) = (await net.Server.Next("start"), await net.Server.Next("start"));
        Assert.Equal(one.Headers["I-Twilio-Idempotency-Token"], two.Headers["I-Twilio-Idempotency-Token"]);
        await net.Completed();
        await net.Completed();
        Assert.Equal(["1"], TwilioNet.Said(await net.Phone.Look()));
        Assert.Equal(["0", "0", "1", "1", "2", "2", "3", "3"], Progress(net).Select(hook => hook["SequenceNumber"]));

        net.Net.Options.TwilioTextsUrl = net.Server.At("texts");
        await net.Client.Text(("StatusCallback", net.Server.At("text")));
        await net.Phone.Post("texts", new { to = TwilioClient.Number, body = "one" });
        Assert.Equal((await net.Server.Next("texts"))["MessageSid"], (await net.Server.Next("texts"))["MessageSid"]);
        Assert.Equal(4, net.Server.All.Count(hook => hook.Path == "/text"));
    }

    [Fact]
    public async Task Shuffled_posts_what_is_due_together_in_another_order()
    {
        await using var net = await TwilioNet.Start(options => options.ShuffleWithin = TimeSpan.FromMilliseconds(50));
        await net.Phone.Habit(new { calls = "busy", events = "shuffled" });
        await net.Call();
        await net.Server.Next("status");
        await net.Server.Next("status");
        Assert.Equal(["1", "0"], Progress(net).Select(hook => hook["SequenceNumber"]));
    }

    [Fact]
    public async Task Early_posts_the_first_callback_before_the_request_is_answered()
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { events = "early" });
        var hold = new TaskCompletionSource();
        net.Server.Answers = async _ =>
        {
            await hold.Task;
            return (200, "<Response/>");
        };
        var call = net.Client.Call([("Url", net.Server.At("start")), ("StatusCallback", net.Server.At("status")), .. TwilioNet.All]);
        var told = await net.Server.Next("status");
        var text = net.Client.Text(("StatusCallback", net.Server.At("text")));
        var sent = await net.Server.Next("text");
        Assert.False(call.IsCompleted || text.IsCompleted);
        hold.SetResult();
        Assert.Equal((told["CallSid"], sent["MessageSid"]), ((await call)["sid"], (await text)["sid"]));
    }

    [Fact]
    public async Task Lost_posts_no_callback_but_asks_for_twiml_and_tells_texts_from_the_phone()
    {
        await using var net = await TwilioNet.Start();
        net.Net.Options.TwilioTextsUrl = net.Server.At("texts");
        await net.Phone.Habit(new { events = "lost" });
        net.Server.Says("start", "<Gather numDigits=\"1\" action=\"keys\" timeout=\"60\"/>");
        var sid = await net.CallAndAnswer();
        await net.Press("1");
        await net.Server.Next("keys");
        await net.Phone.Until(phone => TwilioNet.State(phone) == "ended");
        Assert.Equal("completed", await net.Status(sid));
        await net.Client.Text(("StatusCallback", net.Server.At("text")));
        await net.Phone.Post("texts", new { to = TwilioClient.Number, body = "here" });
        await net.Server.Next("texts");
        Assert.Equal(["/start", "/keys", "/texts"], net.Server.All.Select(hook => hook.Path));
    }

    [Fact]
    public async Task Late_posts_them_some_time_after()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.Phone.Habit(new { calls = "busy", events = "late" });
        var sid = await net.Call();
        for (var looks = 0; await net.Status(sid) != "busy"; looks++) { Assert.True(looks < 1000); }
        Assert.Empty(net.Server.All);
        net.Net.Time!.Advance(net.Net.Options.EventsLateBy);
        Assert.Equal("busy", (await net.Completed())["CallStatus"]);
    }

    [Fact]
    public async Task Acs_events_are_lost_and_late_too()
    {
        await using var net = await Network.Start(options => options.EventsLateBy = TimeSpan.FromMilliseconds(20));
        await net.Phone.Habit(new { calls = "busy", events = "lost" });
        await net.Call();
        await net.Phone.Until(phone => phone.GetProperty("version").GetInt64() > 0);
        await net.Phone.Habit(new { events = "late" });
        await net.Phone.Post("texts", new { to = Network.Own, body = "late" });
        await net.Receiver.Next("SMSReceived");
        Assert.Single(net.Receiver.All);
    }

    [Fact]
    public async Task Dropped_does_what_was_asked_for_and_cuts_the_connection()
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { answers = "dropped" });
        await Assert.ThrowsAsync<HttpRequestException>(() => net.Client.Text(("StatusCallback", net.Server.At("text"))));
        await Assert.ThrowsAsync<HttpRequestException>(() => net.Client.Call([("Twiml", "<Response><Pause length=\"60\"/></Response>"), ("StatusCallback", net.Server.At("status")), .. TwilioNet.All]));
        Assert.Equal(("sent", "delivered"), ((await net.Server.Next("text"))["MessageStatus"], (await net.Server.Next("text"))["MessageStatus"]));
        Assert.Single((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
        var sid = (await net.Server.Next("status"))["CallSid"]!;
        Assert.Equal(sid, (await net.Client.Get("Calls.json")).Body.GetProperty("calls")[0].GetProperty("sid").GetString());

        await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        await net.Phone.Post("answer");
        await Assert.ThrowsAsync<HttpRequestException>(() => net.Update(sid, ("Twiml", "<Response><Say>New</Say></Response>")));
        await net.Hears("New");
    }

    [Fact]
    public async Task Delayed_cuts_the_connection_and_does_it_later()
    {
        await using var net = await TwilioNet.StartWithStoppedClock();
        await net.Phone.Habit(new { answers = "delayed" });
        await Assert.ThrowsAsync<HttpRequestException>(() => net.Client.Text(("StatusCallback", net.Server.At("text"))));
        await Assert.ThrowsAsync<HttpRequestException>(() => net.Client.Call([("Url", net.Server.At("start")), ("StatusCallback", net.Server.At("status")), .. TwilioNet.All]));
        Assert.Equal((0, 0), await Listed(net));
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
        net.Net.Time!.Advance(net.Net.Options.AnswersDelayedBy);
        await net.Server.Next("text");
        await net.Server.Next("status");
        Assert.Equal((1, 1), await Listed(net));
        Assert.Single((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    [Fact]
    public async Task A_request_that_is_refused_for_what_it_says_is_answered_whatever_the_habit()
    {
        await using var net = await TwilioNet.Start();
        await net.Phone.Habit(new { answers = "dropped" });
        Assert.Equal(21602, (await net.Client.Text(("Body", ""))).Code);
        Assert.Equal(400, (int)(await net.Net.Http.PutAsync($"/phones/{Network.Alice}/habit", new StringContent("{\"answers\":\"never\"}", MediaTypeHeaderValue.Parse("application/json")))).StatusCode);
    }

    private static IEnumerable<Hook> Progress(TwilioNet net) => net.Server.All.Where(hook => hook.Path == "/status");

    private static async Task<(int Texts, int Calls)> Listed(TwilioNet net) =>
        ((await net.Client.Get("Messages.json")).Body.GetProperty("messages").GetArrayLength(), (await net.Client.Get("Calls.json")).Body.GetProperty("calls").GetArrayLength());
}
