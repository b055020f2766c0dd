using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// What signing in costs, counted on the wire, of the second sign-in of a day: at the first one, the account is noted for the purge, which is
/// one write more. The audit rows are in the batches; their copies for the tenant's feed go a second later, many together, and are not counted.
/// </summary>
public sealed class SignInBudget(Storage storage) : BudgetTest(storage)
{
    private RelyingParty _shop = null!;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:RememberBrowsers"] = "true" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _shop = await Laptop.RelyingPartyAsync();
    }

    public override ValueTask DisposeAsync()
    {
        _shop?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task By_an_authenticators_code_it_costs_four_calls_and_no_queue_message()
    {
        var app = await AppAsync();
        Forget();
        var opened = await _shop.ChallengeAsync(User.Id);
        Assert.Equal((201, "code"), (opened.Status, opened["how"]));
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
        var code = await app.CodeAsync(steps: 1);
        Forget();
        Assert.Equal("verified", (await _shop.VerifyAsync(opened["id"], code))["state"]);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
    }

    [Fact]
    public async Task A_code_that_is_judged_in_one_call_costs_one_read_and_one_batch()
    {
        var app = await AppAsync();
        var code = await app.CodeAsync(steps: 1);
        foreach (var (given, valid) in new[] { (Failures.Wrong(code), "false"), (code, "true") })
        {
            Forget();
            Assert.Equal(valid, (await _shop.VerifyNowAsync(User.Id, given))["valid"]);
            AssertCost(reads: 1, writes: 1, messages: 0);
            AssertBatch();
        }
    }

    [Fact]
    public async Task By_a_notification_it_costs_one_read_and_one_batch_to_ask_one_read_to_look_and_one_read_and_one_batch_to_agree()
    {
        using var app = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(app);
        await QuietlyAsync();
        // Waking it is looked up, and what came of it noted, after the answer.
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Laptop.Tables.Decide = async r =>
        {
            if (IsOfInbox(r))
            {
                await woken.Task;
            }

            return Pass.Through;
        };
        Forget();
        var opened = await AnswerAsync(_shop.ChallengeAsync(User.Id));
        Assert.Equal((201, "notification"), (opened.Status, opened["how"]));
        Assert.Equal((1, 1), (Laptop.Tables.Count(r => !r.IsWrite && !IsOfInbox(r)), Laptop.Tables.Count(r => r.IsWrite && !Laptop.IsOfFeed(r))));
        AssertMessages(Laptop.Queues.Count(r => r.Method == "POST"), 1);
        AssertBatch();
        woken.SetResult();
        await _shop.WaitForAsync(opened["id"], r => r["version"] == "2");
        Laptop.Tables.Decide = null;

        Forget();
        var request = await app.RequestAsync();
        AssertCost(reads: 1, writes: 0, messages: 0);
        Forget();
        Assert.Equal("verified", (await app.AnswerAsync(request, "authenticate", opened["number"]))["state"]);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();

        static bool IsOfInbox(Tapped request) => request.Method == "GET" && request.Path.Contains("inbox-", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task By_phone_it_costs_two_reads_three_writes_and_one_queue_message_until_somebody_is_asked(string how)
    {
        await PhoneAsync();
        Forget();
        Assert.Equal(201, (await _shop.ChallengeAsync(User.Id, new() { ["how"] = how })).Status);
        AssertCost(reads: 2, writes: 3, messages: 1);
    }

    [Fact]
    public async Task A_texted_code_costs_one_read_and_one_batch()
    {
        await PhoneAsync();
        var id = (await _shop.ChallengeAsync(User.Id))["id"];
        var code = await Phone.CodeAsync(2);
        using var held = HoldNumbers();
        Assert.Equal("verified", (await AnswerAsync(_shop.VerifyAsync(id, code)))["state"]);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
    }

    [Fact]
    public async Task A_pound_costs_one_read_and_one_batch_until_verified_can_be_seen()
    {
        await PhoneAsync();
        var id = (await _shop.ChallengeAsync(User.Id, new() { ["how"] = "call" }))["id"];
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await _shop.WaitForAsync(id, r => long.Parse(r["version"], System.Globalization.CultureInfo.InvariantCulture) >= 5);
        await QuietAsync();

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
        counted.SetResult();
    }

    [Fact]
    public async Task A_remembered_browser_costs_one_read_and_one_batch()
    {
        var app = await AppAsync();
        var id = (await _shop.ChallengeAsync(User.Id, new() { ["rememberBrowser"] = true }))["id"];
        var browser = (await _shop.VerifyAsync(id, await app.CodeAsync(steps: 1)))["rememberedBrowser"];
        Forget();
        Assert.Equal("satisfied", (await _shop.ChallengeAsync(User.Id, new() { ["rememberedBrowser"] = browser }))["state"]);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
    }

    // With an earlier sign-in of this day, which notes the account for the purge.
    private async Task<Authenticator> AppAsync()
    {
        var (app, _) = await User.SetUpAppAsync();
        await QuietlyAsync();
        return app;
    }

    private async Task PhoneAsync()
    {
        await Laptop.RestsAsync(User, (await User.SetUpAsync(Phone))["id"]);
        await QuietlyAsync();
    }

    private async Task QuietlyAsync() => Assert.Equal(201, (await _shop.ChallengeAsync(User.Id, new JsonObject { ["contact"] = false })).Status);
}
