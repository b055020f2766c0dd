using Xunit;

namespace Mfa.Contract;

/// <summary>What phones cost, counted on the wire. The clock does not run, so nobody else is counted.</summary>
public class PhoneBudget(Storage storage) : BudgetTest(storage)
{
    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task Contact_me_costs_two_reads_three_writes_and_one_queue_message(string delivery)
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number, delivery))["id"];
        Forget();
        await User.ContactAsync(id);
        AssertCost(reads: 2, writes: 3, messages: 1);
    }

    [Fact]
    public async Task A_text_code_costs_one_read_and_one_batch()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        using var held = HoldNumbers();
        Assert.Equal(200, (await AnswerAsync(User.VerifyAsync(id, code))).Status);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
    }

    [Fact]
    public async Task A_reply_costs_three_reads_two_writes_and_one_batch_with_what_follows_it()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        Laptop.SendTextEventsTo(Laptop.Url);
        await QuietAsync();
        Forget();
        await ReplyAsync(code);
        await QuietAsync();
        // The number's row finds whose it is, and is settled with afterwards.
        AssertCost(reads: 3, writes: 3, messages: 0);
        AssertBatch();
        Assert.Equal("verified", (await User.SeeAsync(id))["state"]);
    }

    protected virtual Task ReplyAsync(string code) => Phone.TextAsync(Laptop.Sender, code);

    [Fact]
    public async Task A_pound_costs_one_read_and_one_batch_until_verified_can_be_seen()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await User.WaitForAsync(id, r => long.Parse(r["version"], System.Globalization.CultureInfo.InvariantCulture) >= 5);
        await QuietAsync();

        // The answer to the first write is held back until it is counted: by then all that verifying costs has been asked for.
        var (verified, counted) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var held = HoldNumbers();
        Laptop.Tables.Done = async r =>
        {
            if (r.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                verified.TrySetResult();
                await counted.Task;
            }

            return Pass.Through;
        };
        await Phone.PressAsync("#");
        await verified.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
        Assert.Equal("verified", (await User.SeeAsync(id))["state"]);
        counted.SetResult();
    }
}
