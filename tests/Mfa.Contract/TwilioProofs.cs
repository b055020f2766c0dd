using Xunit;

namespace Mfa.Contract;

/// <summary>Who is not Twilio, or not of our account, changes nothing; and Twilio itself changes nothing by saying it again.</summary>
public sealed partial class TwilioProofs(Storage storage) : LaptopTest(storage)
{
    private const string Other = "https://mfa.contoso.example";

    // While one auth token replaces the other.
    private static readonly string s_new = Seen.Secret("new-" + Guid.NewGuid().ToString("N"));

    protected override Dictionary<string, string?> Settings => ByTwilio.With(new() { ["Local:ClockRuns"] = "false", ["Policy:Silence"] = "00:01:00" });

    [Fact]
    public async Task A_forged_key_is_refused_and_the_right_one_is_believed_by_both_tokens()
    {
        var (id, path, fields) = await AskedAsync();
        var keys = new TwilioPost(path, fields);
        var before = await User.SeeAsync(id);
        var (elsewhere, later) = (path.Replace(before["verification.id"], before["verification.id"][..^1] + "9", StringComparison.Ordinal), path.Replace("/1?", "/2?", StringComparison.Ordinal));
        Assert.NotEqual(path, elsewhere);
        (string, string)[] more = [.. fields, ("Extra", "1")];
        TwilioPost[] forged =
        [
            keys with { Signature = "x" },
            keys with { Signature = Convert.ToBase64String(new byte[20]) },
            keys with { Signature = new string('A', 5000) },
            keys with { SignedHost = Other },
            keys with { SignedHost = "http://127.0.0.1:1" },
            keys with { SignedPath = elsewhere },
            keys with { SignedPath = later },
            keys with { SignedPath = path.Split('?')[0] },
            keys with { SignedFields = With(fields, "Digits", "5") },
            keys with { SignedFields = more },
            keys with { Fields = more, SignedFields = fields },
            keys with { Fields = With(fields, "AccountSid", "AC" + new string('0', 32)) },
            keys with { Fields = [.. fields.Where(f => f.Name != "AccountSid")] },
        ];
        foreach (var one in forged)
        {
            AssertRefused(await one.SendAsync(Laptop.Url, Token));
        }

        AssertRefused(await keys.SendAsync(Laptop.Url, null));
        AssertRefused(await keys.SendAsync(Laptop.Url, s_new));
        AssertRefused(await keys.SendAsync(Laptop.Url, Token + "x"));
        Assert.Equal(before["version"], (await User.SeeAsync(id))["version"]);

        // A head that knows both tokens, and is reached by the first one's address.
        var rotating = await Laptop.AddHeadAsync(settings: new() { ["Twilio:AuthTokens"] = $"{Token},{s_new}", ["Service:PublicUrl"] = Laptop.Url });
        var there = rotating.Url.ToString().TrimEnd('/');
        AssertRefused(await (keys with { SignedHost = Laptop.Url }).SendAsync(there, Token + "x"));
        Assert.Equal(200, (await (keys with { SignedHost = Laptop.Url }).SendAsync(there, s_new)).Status);
        Assert.Equal("verified", (await User.SeeAsync(id))["state"]);
        Assert.Equal(200, (await (keys with { SignedHost = Laptop.Url }).SendAsync(there, Token)).Status);
    }

    [Fact]
    public async Task Behind_a_proxy_the_public_address_is_what_is_signed()
    {
        var (id, path, fields) = await AskedAsync();
        var head = await Laptop.AddHeadAsync(settings: new() { ["Service:PublicUrl"] = Other });
        var here = head.Url.ToString().TrimEnd('/');
        var keys = new TwilioPost(path, fields);
        AssertRefused(await keys.SendAsync(here, Token));
        AssertRefused(await (keys with { SignedHost = "https://mfa.contoso.example.evil.example" }).SendAsync(here, Token));
        Assert.Equal("waiting", (await User.SeeAsync(id))["verification.state"]);
        Assert.Equal(200, (await (keys with { SignedHost = Other }).SendAsync(here, Token)).Status);
        Assert.Equal("verified", (await User.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task What_is_told_again_changes_nothing()
    {
        var (id, path, fields) = await AskedAsync();
        var wrong = new TwilioPost(path, With(fields, "Digits", "5"));
        var first = await wrong.SendAsync(Laptop.Url, Token);
        var before = await User.SeeAsync(id);
        Assert.Equal(first, await wrong.SendAsync(Laptop.Url, Token));
        // Keys of a prompt that is over, the answer and the states of the call, in any order.
        var call = path.Split('?')[0];
        foreach (var post in new[]
        {
            new TwilioPost(path, fields),
            new TwilioPost($"{call}?on=answered", fields),
            new TwilioPost($"{call}?on=status", [.. fields, ("CallStatus", "ringing")]),
            new TwilioPost($"{call}?on=status", [.. fields, ("CallStatus", "initiated")]),
            new TwilioPost($"{call}?on=status", [.. fields, ("CallStatus", "nonsense")]),
            new TwilioPost($"{call}?on=keys&number=99", fields),
            new TwilioPost($"{call}?on=dialled&number=1", fields),
        })
        {
            Assert.InRange((await post.SendAsync(Laptop.Url, Token)).Status, 200, 299);
        }

        foreach (var nowhere in new[] { call, $"{call}?on=nonsense" })
        {
            Assert.Equal(400, (await new TwilioPost(nowhere, fields).SendAsync(Laptop.Url, Token)).Status);
        }

        Assert.Equal(before["version"], (await User.SeeAsync(id))["version"]);
        // A call that is not this one's is told to end.
        var (status, says) = await new TwilioPost(path, With(fields, "CallSid", "CA" + new string('0', 32))).SendAsync(Laptop.Url, Token);
        Assert.Equal(200, status);
        Assert.Contains("<Hangup", says, StringComparison.Ordinal);
        Assert.Equal(before["version"], (await User.SeeAsync(id))["version"]);
    }

    // Whoever else uses the account can have its calls ask here: they are signed as ours are.
    [Fact]
    public async Task A_call_or_a_text_to_another_number_proves_nothing_and_fails_nothing()
    {
        await Phone.HabitAsync(events: "lost", answers: "dropped");
        var id = await ContactAsync("call", expect: "delivering");
        var (verification, version) = ((await User.SeeAsync(id))["verification.id"], (await User.SeeAsync(id))["version"]);
        (string, string)[] foreign = [("CallSid", "CA" + new string('2', 32)), ("AccountSid", Account), ("To", Laptop.NewPhone().Number), ("From", Laptop.OtherSender), ("CallStatus", "failed"), ("Digits", "#")];
        foreach (var on in new[] { "answered", "keys&number=1", "status" })
        {
            var (status, says) = await new TwilioPost($"/callbacks/calls/{verification}/1?on={on}", foreign).SendAsync(Laptop.Url, Token);
            Assert.Equal((200, on != "status"), (status, says.Contains("<Hangup", StringComparison.Ordinal)));
        }

        (string, string)[] text = [("MessageSid", "SM" + new string('2', 32)), ("AccountSid", Account), ("To", Laptop.NewPhone().Number), ("MessageStatus", "failed")];
        Assert.Equal(200, (await new TwilioPost($"/callbacks/texts?verification={verification}&send=1", text).SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(version, (await User.SeeAsync(id))["version"]);
    }

    [Fact]
    public async Task A_stop_that_is_told_again_after_a_start_stops_nothing()
    {
        var stop = Received("STOP");
        Assert.Equal(200, (await stop.SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(200, (await Received("START").SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(200, (await stop.SendAsync(Laptop.Url, Token)).Status);
        await ContactAsync(expect: "waiting");
    }

    [Fact]
    public async Task A_text_to_another_number_of_the_account_or_of_another_account_is_nothing_to_us()
    {
        await Phone.HabitAsync(events: "lost");
        var id = await ContactAsync(expect: "waiting");
        var code = await Phone.CodeAsync();
        var before = await User.SeeAsync(id);
        var reply = Received($"{code}");
        Assert.Equal(200, (await (reply with { Fields = With(reply.Fields, "To", "+18005550999") }).SendAsync(Laptop.Url, Token)).Status);
        AssertRefused(await (reply with { Fields = With(reply.Fields, "AccountSid", "AC" + new string('0', 32)) }).SendAsync(Laptop.Url, Token));
        AssertRefused(await reply.SendAsync(Laptop.Url, null));
        AssertRefused(await (reply with { SignedFields = With(reply.Fields, "From", "+31600000000") }).SendAsync(Laptop.Url, Token));

        // The states of its text: another text's, another verification's, and its own once more.
        var verification = before["verification.id"];
        (string, string)[] state = [("MessageSid", "SM" + new string('1', 32)), ("MessageStatus", "undelivered"), ("AccountSid", Account), ("To", Phone.Number), ("From", Laptop.Sender)];
        var status = new TwilioPost($"/callbacks/texts?verification={verification}&send=1", state);
        AssertRefused(await (status with { SignedPath = $"/callbacks/texts?verification={verification}&send=2" }).SendAsync(Laptop.Url, Token));
        Assert.Equal(200, (await (status with { Path = $"/callbacks/texts?verification={verification}&send=2" }).SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(200, (await (status with { Path = "/callbacks/texts?verification=nonsense&send=1" }).SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(200, (await (status with { Fields = With(state, "MessageStatus", "sent") }).SendAsync(Laptop.Url, Token)).Status);
        Assert.Equal(before["version"], (await User.SeeAsync(id))["version"]);
        Assert.Equal("verified", (await User.VerifyAsync(id, code))["state"]);
    }

    private string Token => Laptop.Settings["Twilio:AuthTokens"]!;

    private string Account => Laptop.Settings["Twilio:AccountSid"]!;

    // A call that waits for a key, and what Twilio would post of a #.
    private async Task<(string Id, string Path, (string Name, string Value)[] Fields)> AskedAsync()
    {
        await Phone.HabitAsync(events: "lost");
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        var verification = (await User.SeeAsync(id))["verification.id"];
        return (id, $"/callbacks/calls/{verification}/1?on=keys&number=1",
            [("CallSid", (await Phone.CallAsync())!["id"]!.ToString()), ("AccountSid", Account), ("To", Phone.Number), ("From", Laptop.Sender), ("Digits", "#"), ("ToState", ""), ("msg", "Gather End"), ("Caller", "Zoë +1")]);
    }

    private TwilioPost Received(string body) => TwilioPost.Received(Laptop, Phone.Number, body);

    private static (string, string)[] With((string Name, string Value)[] fields, string name, string value) => [.. fields.Select(f => f.Name == name ? (name, value) : f)];

    private static void AssertRefused((int Status, string Body) answer)
    {
        Assert.Equal(403, answer.Status);
        Assert.Contains("\"code\":\"wrong-caller\"", answer.Body, StringComparison.Ordinal);
    }
}
