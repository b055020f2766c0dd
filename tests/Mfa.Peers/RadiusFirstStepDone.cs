using Xunit;

namespace Mfa.Peers;

/// <summary>A client that has checked the password, or a key: what is typed is a code, a way, or nothing.</summary>
public sealed class RadiusFirstStepDone(Storage storage) : RadiusTest(storage)
{
    protected override string Client => "mfa_first_step = \"done\"";

    protected override string From => "127.0.0.2";

    [Fact]
    public async Task A_code_is_typed_alone_and_anything_else_asks_the_user()
    {
        var (app, _) = await User.SetUpAppAsync();
        await EndsAsync("Access-Accept", await app.CodeAsync(1));
        // The client's own name, where it says no other.
        Assert.Contains("\"application\":\"gate\"", Wire.Requests.Single(r => r.Path == "/api/v1/verify").Body, StringComparison.Ordinal);
        foreach (var typed in new[] { "", "x", "the users own password 123456" })
        {
            await ChallengedAsync(typed, "Type the code that your authenticator shows");
        }

        Assert.Equal(1, Wire.Count(r => r.Path == "/api/v1/verify"));
    }

    [Fact]
    public async Task What_began_at_one_client_goes_on_at_no_other()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync("", "Type the code that was sent");
        Assert.Equal("Access-Reject", (await Radius.AskAsync(Name, await Phone.CodeAsync(), asked.State, from: "127.0.0.1")).Packet);
    }

    [Fact]
    public async Task A_way_is_typed_first()
    {
        await User.SetUpAsync(Phone);
        var texts = (await Phone.CodedAsync()).Count;
        var called = await ChallengedAsync("CALL", "Answer your phone");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        var ended = await Handset.UntilAsync(async () => called = await Radius.AskAsync(Name, "", called.State, from: From), answer => answer.Packet != "Access-Challenge", "an end");
        Assert.True(ended.Packet == "Access-Accept", ended.ToString());
        Assert.Equal(texts, (await Phone.CodedAsync()).Count);
    }
}
