namespace Mfa.VirtualPhone.Tests;

/// <summary>A network, a client of Twilio's wire, and its server.</summary>
internal sealed class TwilioNet : IAsyncDisposable
{
    private TwilioNet(Network net, WebhookServer server) => (Net, Server, Client) = (net, server, new(net));

    public Network Net { get; }

    public WebhookServer Server { get; }

    public TwilioClient Client { get; }

    public Handset Phone => Net.Phone;

    /// <summary>Prompts take no time, and phones that pick up by themselves do so at once.</summary>
    public static Task<TwilioNet> Start(Action<VirtualPhoneOptions>? configure = null) => Of(Network.Start(options =>
    {
        (options.SpeakFor, options.AnswerDelay) = (TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
        configure?.Invoke(options);
    }));

    public static Task<TwilioNet> StartWithStoppedClock(Action<VirtualPhoneOptions>? configure = null) => Of(Network.StartWithStoppedClock(configure));

    /// <summary>Calls the phone with a document at <c>start</c>, and all events at <c>status</c>; gives the call's SID.</summary>
    public async Task<string> Call(params (string Name, string Value)[] more)
    {
        var form = more.Any(one => one.Name is "Twiml" or "Url") ? more : [.. more, ("Url", Server.At("start"))];
        if (form.All(one => one.Name != "StatusCallback")) { form = [.. form, ("StatusCallback", Server.At("status")), .. All]; }
        var answer = await Client.Call(form);
        Assert.Equal(201, answer.Status);
        return answer["sid"]!;
    }

    /// <summary>Calls the phone, and a person answers.</summary>
    public async Task<string> CallAndAnswer(params (string Name, string Value)[] more)
    {
        var sid = await Call(more);
        await Phone.Until(phone => State(phone) == "ringing");
        await Phone.Post("answer");
        return sid;
    }

    public static (string, string)[] All => [.. new[] { "initiated", "ringing", "answered", "completed" }.Select(one => ("StatusCallbackEvent", one))];

    public Task<TwilioAnswer> Update(string sid, params (string Name, string Value)[] form) => Client.Post($"Calls/{sid}.json", form);

    public async Task<string?> Status(string sid) => (await Client.Get($"Calls/{sid}.json"))["status"];

    /// <summary>Waits until the last event of the call was told.</summary>
    public async Task<Hook> Completed()
    {
        while (true)
        {
            var hook = await Server.Next("status");
            if (hook["SipResponseCode"] is not null) { return hook; }
        }
    }

    public Task Press(string keys) => Phone.Post("keys", new { keys });

    public static string? State(JsonElement phone) =>
        phone.GetProperty("call") is { ValueKind: JsonValueKind.Object } call ? call.GetProperty("state").GetString() : null;

    public static string?[] Said(JsonElement phone) => [.. phone.GetProperty("call").GetProperty("said").EnumerateArray().Select(line => line.GetString())];

    public Task<JsonElement> Hears(string words) => Phone.Until(phone => State(phone) is not null && Said(phone).Contains(words));

    public async ValueTask DisposeAsync()
    {
        await Net.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static async Task<TwilioNet> Of(Task<Network> started)
    {
        var net = await started;
        return new(net, await WebhookServer.Start(net));
    }
}
