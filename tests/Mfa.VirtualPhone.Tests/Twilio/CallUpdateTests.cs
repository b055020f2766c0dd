namespace Mfa.VirtualPhone.Tests;

public sealed class CallUpdateTests
{
    private const string Waiting = "<Response><Pause length=\"60\"/></Response>";

    [Fact]
    public async Task New_twiml_replaces_what_runs_at_once()
    {
        await using var net = await TwilioNet.Start();
        var sid = await net.CallAndAnswer(("Twiml", $"<Response><Gather timeout=\"60\" action=\"{net.Server.At("keys")}\"><Say>Old</Say></Gather></Response>"));
        await net.Hears("Old");
        var answer = await net.Update(sid, ("Twiml", "<Response><Say>New</Say><Pause length=\"60\"/></Response>"));
        Assert.Equal((200, "in-progress"), (answer.Status, answer["status"]));
        var phone = await net.Hears("New");
        Assert.False(phone.GetProperty("call").GetProperty("listening").GetBoolean());
    }

    [Fact]
    public async Task A_new_address_is_fetched()
    {
        await using var net = await TwilioNet.Start();
        net.Server.Says("other", "<Say>New</Say><Pause length=\"60\"/>");
        var sid = await net.CallAndAnswer(("Twiml", Waiting));
        Assert.Equal(200, (await net.Update(sid, ("Url", net.Server.At("other")))).Status);
        await net.Hears("New");
        Assert.Equal(sid, (await net.Server.Next("other"))["CallSid"]);
    }

    [Fact]
    public async Task The_answer_of_a_webhook_that_an_update_overtook_is_dropped()
    {
        await using var net = await TwilioNet.Start();
        var hold = new TaskCompletionSource();
        net.Server.Answers = async hook =>
        {
            if (hook.Path == "/start") { await hold.Task; }
            return (200, "<Response><Say>Old</Say></Response>");
        };
        var sid = await net.CallAndAnswer();
        await net.Server.Next("start");
        await net.Update(sid, ("Twiml", "<Response><Say>New</Say><Gather timeout=\"60\"/></Response>"));
        await net.Hears("New");
        hold.SetResult();
        await net.Update(sid, ("Twiml", "<Response><Say>Newer</Say><Pause length=\"60\"/></Response>"));
        Assert.Equal(["New", "Newer"], TwilioNet.Said(await net.Hears("Newer")));
    }

    [Fact]
    public async Task The_client_hangs_up()
    {
        await using var net = await TwilioNet.Start();
        var sid = await net.CallAndAnswer(("Twiml", Waiting));
        Assert.Equal((200, "completed"), (await net.Update(sid, ("Status", "completed")) is var done ? done.Status : 0, done["status"]));
        Assert.Equal(("completed", "200"), (await net.Completed() is var over ? over["CallStatus"] : null, over["SipResponseCode"]));
        Assert.Equal("ended", TwilioNet.State(await net.Phone.Look()));
        foreach (var (name, value) in new[] { ("Status", "completed"), ("Twiml", Waiting) })
        {
            var again = await net.Update(sid, (name, value));
            Assert.Equal((400, 21220), (again.Status, again.Code));
        }
    }

    [Theory, InlineData("canceled"), InlineData("completed")]
    public async Task A_call_that_rings_is_canceled_and_takes_no_twiml(string status)
    {
        await using var net = await TwilioNet.Start();
        var sid = await net.Call();
        await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        Assert.Equal(21220, (await net.Update(sid, ("Twiml", Waiting))).Code);
        Assert.Equal("canceled", (await net.Update(sid, ("Status", status)))["status"]);
        Assert.Equal("canceled", (await net.Completed())["CallStatus"]);
        Assert.Equal(409, await net.Phone.TryPost("answer"));
    }

    [Fact]
    public async Task A_call_that_is_answered_is_not_canceled()
    {
        await using var net = await TwilioNet.Start();
        var sid = await net.CallAndAnswer(("Twiml", Waiting));
        Assert.Equal((200, "in-progress"), (await net.Update(sid, ("Status", "canceled")) is var answer ? answer.Status : 0, answer["status"]));
    }

    [Fact]
    public async Task Nobody_is_told_of_a_call_that_was_canceled_while_it_was_queued()
    {
        await using var net = await TwilioNet.StartWithStoppedClock(options => options.TwilioQueueFor = TimeSpan.FromSeconds(10));
        var sid = await net.Call();
        Assert.Equal("canceled", (await net.Update(sid, ("Status", "canceled")))["status"]);
        net.Net.Time!.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("canceled", await net.Status(sid));
        Assert.Null(TwilioNet.State(await net.Phone.Look()));
        Assert.Empty(net.Server.All);
    }

    [Theory]
    [InlineData("Status", "paused")]
    [InlineData("Url", "somewhere")]
    public async Task What_cannot_be_done_is_refused(string field, string value)
    {
        await using var net = await TwilioNet.Start();
        var sid = await net.CallAndAnswer(("Twiml", Waiting));
        Assert.Equal(400, (await net.Update(sid, (field, value))).Status);
        Assert.Equal((404, 20404), (await net.Update("CA00000000000000000000000000000000", ("Status", "completed")) is var none ? none.Status : 0, none.Code));
    }
}
