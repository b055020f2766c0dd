using Xunit;

namespace Mfa.Peers;

/// <summary>What nobody answers in time, and who need not wait for it.</summary>
public sealed class RadiusTimeouts(Storage storage) : RadiusTest(storage)
{
    protected override string Client => "mfa_mode = \"wait\"";

    protected override string From => "127.0.0.2";

    [Fact]
    public async Task A_phone_that_nobody_answers_is_a_no_within_a_minute_and_rings_no_more()
    {
        await User.SetUpAsync(Phone);
        var waiting = Radius.AskAsync(Name, Password, seconds: 60, from: From);
        await Phone.RingsAsync();
        var ended = await waiting;
        Assert.Equal(("Access-Reject", "Nobody answered your phone and pressed # in time."), (ended.Packet, ended.Message));
        Assert.Single(Wire.Requests, r => r.Method == "DELETE");
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task While_the_backend_hangs_for_one_others_are_answered_and_it_is_asked_no_longer_than_ten_seconds()
    {
        await User.SetUpAppAsync();
        await Radius.AskAsync("nobody", Password);
        var hangs = new TaskCompletionSource();
        Wire.Decide = async r =>
        {
            if (r.Body.Contains(Name, StringComparison.Ordinal))
            {
                await hangs.Task;
            }

            return Pass.Through;
        };
        var hanging = Enumerable.Range(0, 8).Select(_ => Radius.AskAsync(Name, Password, seconds: 15)).ToList();
        Assert.Equal("Access-Reject", (await Radius.AskAsync("nobody", Password)).Packet);
        Assert.All(await Task.WhenAll(hanging), answer => Assert.Equal("nothing", answer.Packet));
        Assert.Equal(8, Radius.Log.Split('\n').Count(line => line.Contains("gave no answer that counts: status 0", StringComparison.Ordinal)));
        hangs.SetResult();
        Wire.Decide = null;
        Assert.Equal("Access-Challenge", (await Radius.AskAsync(Name, Password)).Packet);
    }
}
