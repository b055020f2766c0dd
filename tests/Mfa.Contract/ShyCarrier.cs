using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// A carrier that knows no repeat by its id (Twilio) and does not answer, or does not tell. The test moves the head's clock, and
/// who looks at an enrollment does what the clock would do.
/// </summary>
public sealed partial class ShyCarrier(Storage storage) : LaptopTest(storage)
{
    // What Twilio is given to tell by itself.
    private static readonly TimeSpan s_news = TimeSpan.FromSeconds(5);

    // Not a second of it passes but by the test; the network lives in real time, and notes when it was asked.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    // Before the head, where the carrier calls back.
    private Tap _front = null!;

    protected override Dictionary<string, string?> Settings => ByTwilio.With(new() { ["Local:ClockRuns"] = "false", ["Service:PublicUrl"] = _front.Url });

    protected override TimeProvider Time => _time;

    public override async ValueTask InitializeAsync()
    {
        _front = await Tap.StartAsync("http://127.0.0.1:9");
        await base.InitializeAsync();
        _front.Target = new Uri(Laptop.Url);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _front.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("text", "once")]
    [InlineData("text", "late")]
    [InlineData("call", "once")]
    public async Task What_got_no_answer_is_settled_by_its_news(string how, string events)
    {
        await Phone.HabitAsync(answers: "dropped", events: events);
        var id = await ContactAsync(how);
        await User.WaitForVerificationAsync(id, "waiting");
        await ProveAsync(id, how);
        AssertAsked(once: how);
        Assert.Equal(0, Lists);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task Where_its_news_are_lost_too_it_is_found_in_the_list(string how)
    {
        await Phone.HabitAsync(answers: "dropped", events: "lost");
        var id = await ContactAsync(how, expect: "delivering");
        Assert.Equal("delivering", (await LaterAsync(id, s_news - TimeSpan.FromSeconds(1)))["verification.state"]);
        Assert.Equal(0, Lists);
        Assert.Equal("waiting", (await LaterAsync(id, TimeSpan.FromSeconds(1)))["verification.state"]);
        await ProveAsync(id, how);
        AssertAsked(once: how);
        Assert.Equal(1, Lists);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task While_the_list_can_not_be_had_nothing_is_repeated(string how)
    {
        await Phone.HabitAsync(answers: "dropped", events: "lost");
        Laptop.Carrier.Decide = request => Task.FromResult(request.Method == "GET" ? Pass.Refuse : Pass.Through);
        var id = await ContactAsync(how, expect: "delivering");
        for (var look = 0; look < 6; look++)
        {
            Assert.Equal("delivering", (await LaterAsync(id, TimeSpan.FromSeconds(32)))["verification.state"]);
        }

        AssertAsked(once: how);
        Assert.Equal(6, Lists);
        Laptop.Carrier.Decide = null;
        Assert.Equal("waiting", (await LaterAsync(id, TimeSpan.FromSeconds(32)))["verification.state"]);
        await ProveAsync(id, how);
        AssertAsked(once: how);
    }

    [Fact]
    public async Task A_text_that_was_nowhere_known_is_given_up_on_and_its_code_is_good_all_the_same()
    {
        await Phone.HabitAsync(answers: "dropped", events: "lost");
        Laptop.Carrier.Decide = request => Task.FromResult(request.Method == "GET" ? Pass.Refuse : Pass.Through);
        var id = await ContactAsync(expect: "delivering");
        for (var look = 0; look < 8; look++)
        {
            await LaterAsync(id, TimeSpan.FromSeconds(32));
        }

        var unknown = await User.SeeAsync(id);
        Assert.Equal(("waiting", "outcome-unknown"), (unknown["verification.state"], unknown["verification.reason"]));
        await ProveAsync(id, "text");
        AssertAsked(once: "text");
    }

    // The one case that can't be told: what is still inside Twilio is in no list. In every other test here one arrives.
    [Fact]
    public async Task A_text_that_comes_out_after_the_list_was_looked_at_comes_twice_with_the_same_code()
    {
        await Phone.HabitAsync(answers: "delayed");
        var id = await ContactAsync(expect: "delivering");
        await Phone.HabitAsync();
        Assert.Equal("waiting", (await LaterAsync(id, s_news))["verification.state"]);
        Assert.Equal((2, 1), (Laptop.TextsAskedFor, Lists));
        var code = await Phone.CodeAsync(2);
        Assert.Single((await Phone.CodedAsync()).Distinct());
        Assert.Equal("verified", (await User.VerifyAsync(id, code))["state"]);
    }

    [Fact]
    public async Task A_call_that_comes_out_after_the_list_was_looked_at_is_hung_up_and_the_other_verifies()
    {
        await Phone.HabitAsync(answers: "delayed");
        var id = await ContactAsync("call", expect: "delivering");
        await Phone.HabitAsync();
        Assert.Equal("waiting", (await LaterAsync(id, s_news))["verification.state"]);
        await Phone.RingsAsync();
        var rings = (await Phone.CallAsync())!["id"]!.ToString();
        var hungUp = await Handset.UntilAsync(() => Task.FromResult(HungUp().FirstOrDefault()), path => path is not null, "a call that is hung up");
        Assert.DoesNotContain(rings, hungUp, StringComparison.Ordinal);
        await ProveAsync(id, "call");
        Assert.Equal(2, Laptop.CallsAskedFor);
    }

    private int Lists => Laptop.Carrier.Count(r => r.Method == "GET" && (r.Path.Contains("/Messages.json?", StringComparison.Ordinal) || r.Path.Contains("/Calls.json?", StringComparison.Ordinal)));

    private IEnumerable<string> HungUp() => Laptop.Carrier.Requests.Where(r => r.Method == "POST" && r.Body.Contains("Status=completed", StringComparison.Ordinal)).Select(r => r.Path);

    private async Task<Reply> LaterAsync(string id, TimeSpan after)
    {
        _time.Advance(after);
        return await User.SeeAsync(id);
    }

    // What the carrier is asked about is not waited for by who looks.
    private async Task<Reply> FoundAsync(string id, TimeSpan after, Func<Reply, bool> so)
    {
        _time.Advance(after);
        return await Handset.UntilAsync(() => User.SeeAsync(id), so, "news by asking");
    }

    private void AssertAsked(string once) => Assert.Equal(once == "text" ? (1, 0) : (0, 1), (Laptop.TextsAskedFor, Laptop.CallsAskedFor));

    private async Task ProveAsync(string id, string how)
    {
        if (how == "text")
        {
            Assert.Equal("verified", (await User.VerifyAsync(id, await Phone.CodeAsync()))["state"]);
            Assert.Single(await Phone.CodedAsync());
            return;
        }

        await Phone.HabitAsync();
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await User.WaitForVerificationAsync(id, "verified");
    }
}
