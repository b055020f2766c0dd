using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>What hot requests cost, counted on the wire. The clock does not run, so nobody else is counted.</summary>
public sealed class StorageBudget(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // The report of a delivered text is a request of its own, and isn't counted here.
        Laptop.SendTextEventsTo("http://127.0.0.1:9");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task Contact_me_costs_two_reads_and_three_writes(string delivery)
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number, delivery))["id"];
        Laptop.Tables.Forget();
        await User.ContactAsync(id);
        AssertCost(reads: 2, writes: 3);
    }

    [Fact]
    public async Task A_text_code_costs_one_read_and_one_batch()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        await User.WaitForAsync(id, r => r["version"] == "3");
        Laptop.Tables.Forget();
        Assert.Equal(200, (await User.VerifyAsync(id, code)).Status);
        AssertCost(reads: 1, writes: 1);
        Assert.Contains(Laptop.Tables.Requests, r => r.Path.EndsWith("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_code_costs_one_read_and_one_write()
    {
        var id = await ContactAsync("text");
        var wrong = Failures.Wrong(await Phone.CodeAsync());
        Laptop.Tables.Forget();
        Assert.Equal(422, (await User.VerifyAsync(id, wrong)).Status);
        AssertCost(reads: 1, writes: 1);
    }

    [Fact]
    public async Task An_authenticator_code_costs_one_read_and_one_batch()
    {
        var enrollment = await User.EnrollAppAsync();
        await User.ContactAsync(enrollment["id"]);
        var code = await AuthenticatorAsync(enrollment);
        Laptop.Tables.Forget();
        Assert.Equal(200, (await User.VerifyAsync(enrollment["id"], code)).Status);
        AssertCost(reads: 1, writes: 1);
        Assert.Contains(Laptop.Tables.Requests, r => r.Path.EndsWith("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pound_costs_one_read_and_one_batch_until_verified_can_be_seen()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        var asked = await User.WaitForAsync(id, r => long.Parse(r["version"], System.Globalization.CultureInfo.InvariantCulture) >= 5);

        // The answer to the first write is held back: by then all that verifying costs has been asked for.
        var verified = new TaskCompletionSource();
        Laptop.Tables.Forget();
        Laptop.Tables.Done = r =>
        {
            if (r.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                verified.TrySetResult();
            }

            return Task.FromResult(Pass.Through);
        };
        await Phone.PressAsync("#");
        await verified.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        AssertCost(reads: 1, writes: 1);
        Assert.Equal("verified", (await User.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task A_waiting_get_looks_at_most_once_a_second_and_answers_a_change_at_once()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        var version = (await User.WaitForAsync(id, r => r["version"] == "3"))["version"];
        Laptop.Tables.Forget();
        var nothing = await User.GetAsync($"me/enrollments/{id}?wait=3&seen={version}");
        Assert.Equal(version, nothing["version"]);
        Assert.InRange(Laptop.Tables.Count(r => !r.IsWrite), 1, 4);

        // Within the same process the save itself tells those who wait: they look once more, and not a second later.
        Laptop.Tables.Forget();
        var waiting = User.GetAsync($"me/enrollments/{id}?wait=25&seen={version}");
        await Handset.UntilAsync(() => Task.FromResult(Laptop.Tables.Count(r => !r.IsWrite)), n => n >= 1, "the first look");
        await User.VerifyAsync(id, code);
        Assert.Equal("verified", (await waiting)["state"]);
        Assert.Equal(0, Laptop.Head.Services.GetRequiredService<Changes>().Count);
    }

    private void AssertCost(int reads, int writes)
    {
        var paid = string.Join(Environment.NewLine, Laptop.Tables.Requests.Select(r => $"{r.Method} {r.Path.Split('?')[0].Split('/')[^1]}"));
        Assert.True(Laptop.Tables.Count(r => !r.IsWrite) <= reads && Laptop.Tables.Count(r => r.IsWrite) <= writes, paid);
    }
}
