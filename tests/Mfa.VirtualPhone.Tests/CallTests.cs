namespace Mfa.VirtualPhone.Tests;

public sealed class CallTests
{
    [Fact]
    public async Task A_call_is_created_in_the_carriers_shape()
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/calling/callConnections", net.CallBody());
        Assert.Equal(201, answer.Status);
        Assert.Equal("connecting", answer.Body.GetProperty("callConnectionState").GetString());
        Assert.Equal(net.Receiver.CallsUrl, answer.Body.GetProperty("callbackUri").GetString());
        Assert.Equal(Network.Own, answer.Body.GetProperty("sourceCallerIdNumber").GetProperty("value").GetString());
        Assert.True(Guid.TryParse(answer.Body.GetProperty("correlationId").GetString(), out _));
        var target = answer.Body.GetProperty("targets")[0];
        Assert.Equal("phoneNumber", target.GetProperty("kind").GetString());
        Assert.Equal("4:+" + Network.Alice, target.GetProperty("rawId").GetString());
        Assert.Equal("+" + Network.Alice, target.GetProperty("phoneNumber").GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_target_may_be_a_raw_id_without_kind()
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/calling/callConnections", new
        {
            targets = new[] { new { rawId = "4:+" + Network.Alice } },
            sourceCallerIdNumber = new { value = Network.Own },
            callbackUri = net.Receiver.CallsUrl,
        });
        Assert.Equal(201, answer.Status);
    }

    [Fact]
    public async Task An_answered_call_tells_so_with_everything_a_cloud_event_needs()
    {
        await using var net = await Network.Start();
        var id = await net.Call(context: "the context");
        await net.Phone.Post("answer");
        var connected = await net.Receiver.Next("CallConnected");
        Assert.Equal((200, 0), connected.Result);
        Assert.Equal("the context", connected.Context);
        Assert.Equal(id, connected.Data.GetProperty("callConnectionId").GetString());
        Assert.NotEmpty(connected.Data.GetProperty("serverCallId").GetString()!);
        Assert.NotEmpty(connected.Data.GetProperty("correlationId").GetString()!);
        Assert.NotEmpty(connected.Data.GetProperty("version").GetString()!);
        Assert.Equal($"calling/callConnections/{id}", connected.Event.GetProperty("source").GetString());
        Assert.Equal($"calling/callConnections/{id}", connected.Event.GetProperty("subject").GetString());
        Assert.Equal("1.0", connected.Event.GetProperty("specversion").GetString());
        Assert.Equal("application/json", connected.Event.GetProperty("datacontenttype").GetString());
        Assert.True(connected.Event.GetProperty("time").TryGetDateTimeOffset(out _));
        Assert.True(Guid.TryParse(connected.Id, out _));

        var participant = (await net.Receiver.Next("ParticipantsUpdated")).Data.GetProperty("participants")[0].GetProperty("identifier");
        Assert.Equal("+" + Network.Alice, participant.GetProperty("phoneNumber").GetProperty("value").GetString());
        Assert.Equal("connected", (await net.Carrier.Get($"/calling/callConnections/{id}")).Body.GetProperty("callConnectionState").GetString());
    }

    [Fact]
    public async Task A_person_who_hangs_up_ends_the_call()
    {
        await using var net = await Network.Start();
        var id = await net.CallAndAnswer();
        var phone = await net.Phone.Post("hangup");
        Assert.Equal("ended", phone.GetProperty("call").GetProperty("state").GetString());
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        var gone = await net.Carrier.Get($"/calling/callConnections/{id}");
        Assert.Equal((404, "8522"), (gone.Status, gone.Code));
    }

    [Theory]
    [InlineData(":terminate")]
    [InlineData("")]
    public async Task The_client_ends_a_call(string how)
    {
        await using var net = await Network.Start();
        var path = $"/calling/callConnections/{await net.CallAndAnswer()}";
        Assert.Equal(204, (how.Length == 0 ? await net.Carrier.Delete(path) : await net.Carrier.Post(path + how, null)).Status);
        Assert.Equal((200, 7000), (await net.Receiver.Next("CallDisconnected")).Result);
        var again = await net.Carrier.Delete(path);
        Assert.Equal((404, "8522"), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_call_that_still_rings_can_be_ended()
    {
        await using var net = await Network.Start();
        var id = await net.Call();
        await net.Carrier.Post($"/calling/callConnections/{id}:terminate", null);
        Assert.Equal((200, 7000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Equal(409, await net.Phone.TryPost("answer"));
    }

    [Fact]
    public async Task A_phone_that_nobody_answers_stops_ringing()
    {
        await using var net = await Network.StartWithStoppedClock();
        await net.Call();
        net.Time!.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("ringing", (await net.Phone.Look()).GetProperty("call").GetProperty("state").GetString());
        net.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((480, 560480), (await net.Receiver.Next("CreateCallFailed")).Result);
        Assert.Equal("ended", (await net.Phone.Look()).GetProperty("call").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_person_declines()
    {
        await using var net = await Network.Start();
        await net.Call();
        await net.Phone.Post("decline");
        Assert.Equal((603, 560603), (await net.Receiver.Next("CreateCallFailed")).Result);
        await net.Receiver.Next("CallDisconnected");
    }

    [Fact]
    public async Task A_second_call_finds_the_phone_busy_and_the_first_goes_on()
    {
        await using var net = await Network.Start();
        var first = await net.CallAndAnswer();
        await net.Call();
        Assert.Equal((486, 560486), (await net.Receiver.Next("CreateCallFailed")).Result);
        Assert.Equal(first, (await net.Phone.Look()).GetProperty("call").GetProperty("id").GetString());
        Assert.Equal(200, (await net.Carrier.Get($"/calling/callConnections/{first}")).Status);
    }

    [Fact]
    public async Task A_third_call_at_a_time_to_one_number_is_declined()
    {
        await using var net = await Network.Start();
        await net.CallAndAnswer();
        var hold = new TaskCompletionSource();
        net.Receiver.Holds = hold.Task;
        await net.Call();
        var busy = await net.Receiver.Next("CreateCallFailed");
        await net.Call();
        var declined = await net.Receiver.Next("CreateCallFailed");
        hold.SetResult();
        Assert.Equal(((486, 560486), (603, 560603)), (busy.Result, declined.Result));
    }

    [Fact]
    public async Task A_sender_has_as_many_calls_at_a_time_as_the_setting_says()
    {
        await using var net = await Network.Start(options => options.CallsPerSender = 1);
        await net.CallAndAnswer();
        await net.Call("+14255550124");
        Assert.Equal((603, 560603), (await net.Receiver.Next("CreateCallFailed")).Result);
    }

    [Theory]
    [InlineData("+1")]
    [InlineData("+0123456789")]
    [InlineData("+1234567890123456")]
    public async Task A_number_that_is_none_fails_as_invalid(string number)
    {
        await using var net = await Network.Start();
        await net.Call(number);
        Assert.Equal((484, 560484), (await net.Receiver.Next("CreateCallFailed")).Result);
    }

    [Fact]
    public async Task A_call_from_a_number_that_is_not_ours_is_forbidden()
    {
        await using var net = await Network.Start(options => options.Numbers = ["+18005550199"]);
        await net.Call();
        Assert.Equal((403, 560403), (await net.Receiver.Next("CreateCallFailed")).Result);
    }
}
