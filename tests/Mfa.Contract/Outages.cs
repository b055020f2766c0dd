using Xunit;

namespace Mfa.Contract;

/// <summary>The carrier or the storage does not do its part.</summary>
public class Outages(Storage storage) : Failures(storage)
{
    // The clock may have looked just before something is left for it.
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Local:LooksEvery"] = "00:00:02" };

    /// <summary>How many answers of the carrier's come too late.</summary>
    protected virtual int SlowAnswers => 3;

    /// <summary>Whether a text whose answer did not come is asked for again, as the carrier knows a repeat by its id.</summary>
    protected virtual bool AskedForAgain => true;

    /// <summary>What the carrier answers when it surely did nothing.</summary>
    protected virtual Pass Away => Pass.Refuse;

    /// <summary>From now on nobody is told what became of texts.</summary>
    protected virtual Task LoseReportsAsync()
    {
        Laptop.SendTextEventsTo("http://127.0.0.1:9");
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_carrier_that_is_back_in_time_gets_the_text_once()
    {
        Laptop.Carrier.Down = true;
        var id = await ContactAsync("text", expect: "delivering");
        Assert.Equal("carrier-down", (await User.SeeAsync(id))["verification.reason"]);
        Laptop.Carrier.Down = false;
        await User.WaitForVerificationAsync(id, "waiting");
        Assert.Equal(200, (await User.VerifyAsync(id, await Phone.CodeAsync())).Status);
        Assert.Single(await Phone.TextsAsync());
    }

    [Fact]
    public async Task A_carrier_that_stays_away_fails_it()
    {
        Laptop.Carrier.Decide = _ => Task.FromResult(Away);
        var id = await ContactAsync("text", expect: "delivering");
        await AssertEndsAsync(id, "failed", "carrier-down");
        Assert.Empty(await Phone.TextsAsync());
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_counts_and_the_next_call_is_a_new_one()
    {
        Laptop.Carrier.Decide = _ => Task.FromResult(Pass.Cut);
        var id = await ContactAsync("call", expect: "delivering");
        var unknown = await User.WaitForAsync(id, r => r.Text("verification.retryAt") is not null, 30);
        Assert.Equal("outcome-unknown", unknown["verification.reason"]);
        Laptop.Carrier.Decide = null;
        await Phone.AnswerAsync();
        await Phone.PressAsync("#");
        await User.WaitForVerificationAsync(id, "verified");
    }

    [Fact]
    public async Task A_storage_that_goes_away_while_a_newer_enrollment_opens_leaves_the_older_one_closed_or_open_and_nothing_between()
    {
        var older = await ContactAsync("call");
        await Phone.RingsAsync();
        var opened = false;
        Laptop.Tables.Decide = r =>
        {
            var pass = opened ? Pass.Refuse : Pass.Through;
            opened |= r.Path.EndsWith("$batch", StringComparison.Ordinal) && r.Body.Contains("Cancelled", StringComparison.Ordinal);
            return Task.FromResult(pass);
        };
        Assert.Equal(503, (await User.EnrollPhoneAsync(Handset.NewNumber(), headers: ("Idempotency-Key", "newer"))).Status);
        Assert.True(opened);
        Laptop.Tables.Decide = null;

        // It was opened, and the older one closed with it; the clock hangs up.
        var seen = await User.SeeAsync(older);
        Assert.Equal(("cancelled", "cancelled"), (seen["state"], seen["verification.state"]));
        await Phone.EndsAsync();
        Assert.Equal("readyToContact", (await User.EnrollPhoneAsync(Handset.NewNumber(), headers: ("Idempotency-Key", "other")))["state"]);
    }

    [Fact]
    public async Task A_carrier_slower_than_the_lease_sends_one_text()
    {
        var head = await Laptop.AddHeadAsync(settings: new() { ["Policy:Lease"] = "00:00:01" });
        using var user = User.At(head.Url.ToString().TrimEnd('/'));
        // Without the report of the delivery, which says as much as the answer.
        await LoseReportsAsync();
        var slow = SlowAnswers;
        Laptop.Carrier.Done = async _ =>
        {
            if (Interlocked.Decrement(ref slow) >= 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.2));
            }

            return Pass.Through;
        };
        var id = (await user.EnrollPhoneAsync(Phone.Number))["id"];
        Assert.Equal("delivering", (await user.ContactAsync(id))["verification.state"]);
        await User.WaitForVerificationAsync(id, "waiting");
        await QuietAsync(id);
        Assert.Single(await Phone.TextsAsync());
        Assert.InRange(Laptop.TextsAskedFor, AskedForAgain ? 2 : 1, AskedForAgain ? 5 : 1);
    }

    [Fact]
    public async Task A_page_that_is_closed_during_contact_me_changes_nothing()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number, "call"))["id"];
        var ringing = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        Laptop.Carrier.Done = async _ =>
        {
            ringing.TrySetResult();
            await closed.Task;
            return Pass.Through;
        };
        using var leaves = new CancellationTokenSource();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Laptop.Url}/api/v1/me/enrollments/{id}/contact");
        request.Headers.Authorization = new("Bearer", User.Token);
        var contact = http.SendAsync(request, leaves.Token);
        await ringing.Task;
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => contact);
        closed.SetResult();

        // The call is known before any lease has run out: calling it off ends its ringing.
        await User.WaitForVerificationAsync(id, "waiting");
        Assert.Equal(1, Laptop.CallsAskedFor);
        Laptop.Carrier.Done = null;
        await User.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}");
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task Storage_that_is_gone_for_seconds_loses_nothing()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        using var caller = await Laptop.SignInAsync();
        var called = Laptop.NewPhone();
        var callId = (await caller.EnrollPhoneAsync(called.Number, "call"))["id"];
        Assert.Equal(202, (await caller.ContactAsync(callId)).Status);
        await called.AnswerAsync();
        await called.SaysAsync("press the pound key");

        Laptop.Tables.Down = Laptop.Queues.Down = true;
        var gone = await User.VerifyAsync(id, code);
        Assert.Equal((503, "unavailable"), (gone.Status, gone.Code));
        Assert.NotNull(gone.Raw.Headers.RetryAfter);
        Assert.Equal(503, (await User.GetAsync("/healthz")).Status);
        await called.PressAsync("#");
        Laptop.Tables.Down = Laptop.Queues.Down = false;

        Assert.Equal((200, "verified"), ((await User.VerifyAsync(id, code)) is var back ? (back.Status, back["state"]) : default));
        await caller.WaitForVerificationAsync(callId, "verified");
        await called.EndsAsync();
    }
}
