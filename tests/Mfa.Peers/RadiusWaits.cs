using Xunit;

namespace Mfa.Peers;

/// <summary>Gateways that can't show a challenge: the phone is called, and the answer waits for it.</summary>
public sealed class RadiusWaits(Storage storage) : RadiusTest(storage)
{
    protected override string Client => "mfa_mode = \"wait\"";

    protected override string From => "127.0.0.2";

    [Fact]
    public async Task The_answer_comes_when_pound_was_pressed()
    {
        await User.SetUpAsync(Phone);
        var answer = Radius.AskAsync(Name, Password, seconds: 60, from: From);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        // What others ask meanwhile is answered.
        await EndsAsync("Access-Reject", "wrong");
        await Phone.PressAsync("#");
        Assert.Equal("Access-Accept", (await answer).Packet);
        Assert.Empty((await Phone.CodedAsync()).Skip(1));
    }

    [Fact]
    public async Task A_call_that_ends_without_pound_is_no_sign_in()
    {
        await User.SetUpAsync(Phone);
        var answer = Radius.AskAsync(Name, Password, seconds: 60, from: From);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.HangUpAsync();
        var ended = await answer;
        Assert.Equal(("Access-Reject", "Nobody answered your phone and pressed # in time."), (ended.Packet, ended.Message));
    }

    [Fact]
    public async Task Nobody_who_has_no_phone_is_called()
    {
        var (app, _) = await User.SetUpAppAsync();
        Assert.Equal("", (await EndsAsync("Access-Reject", Password)).Message);
        Assert.Contains("\"how\":\"call\"", Wire.Requests.Single(r => r.Path == "/api/v1/challenges").Body, StringComparison.Ordinal);
        await EndsAsync("Access-Accept", Password + await app.CodeAsync(1));
    }
}
