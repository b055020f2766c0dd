using Xunit;

namespace Mfa.Contract;

/// <summary>Each failure has its state and its reason. The clock runs, and waits are short.</summary>
public sealed class Failures(Storage storage) : IAsyncLifetime
{
    private Laptop _laptop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await Laptop.StartAsync(storage, new()
        {
            ["Policy:CallRetryAfter"] = "00:00:00.2",
            ["Policy:Silence"] = "00:00:01",
            ["Policy:LateKeys"] = "00:00:00.5",
            ["Policy:Lease"] = "00:00:01",
            ["Policy:RepeatWithin"] = "00:00:06",
        });
        _user = await _laptop.SignInAsync();
        _phone = _laptop.NewPhone();
    }

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return _laptop.DisposeAsync();
    }

    [Fact]
    public async Task The_fifth_wrong_code_ends_it_and_the_right_one_comes_too_late()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            var answer = await _user.VerifyAsync(id, Wrong(code));
            Assert.Equal((422, "wrong-code", $"{5 - wrong}"), (answer.Status, answer.Code, answer["triesLeft"]));
        }

        await AssertEndsAsync(id, "failed", "too-many-codes");
        var late = await _user.VerifyAsync(id, code);
        Assert.Equal((410, "verification-over"), (late.Status, late.Code));
        Assert.Equal("readyToContact", (await _user.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task The_right_code_again_is_right_again_and_a_wrong_one_is_over()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        Assert.Equal(200, (await _user.VerifyAsync(id, code)).Status);
        Assert.Equal((200, "verified"), ((await _user.VerifyAsync(id, code)).Status, (await _user.VerifyAsync(id, code))["state"]));
        Assert.Equal(410, (await _user.VerifyAsync(id, Wrong(code))).Status);
    }

    [Fact]
    public async Task A_reply_from_another_number_or_with_a_wrong_code_is_nobodys_failure()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        await _laptop.NewPhone().TextAsync(Laptop.Sender, code);
        await _phone.TextAsync(Laptop.Sender, Wrong(code));
        await _phone.TextAsync(Laptop.Sender, "hello?");

        // The phone's texts arrive in order: once the right one has verified, the others had their chance.
        await _phone.TextAsync(Laptop.Sender, code);
        var verified = await _user.WaitForVerificationAsync(id, "verified");
        Assert.Equal("verified", verified["state"]);
    }

    [Fact]
    public async Task A_doubled_reply_verifies_once_and_a_late_one_changes_nothing()
    {
        await _phone.HabitAsync(events: "twice");
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        await _phone.TextAsync(Laptop.Sender, code);
        var verified = await _user.WaitForVerificationAsync(id, "verified");
        await _phone.TextAsync(Laptop.Sender, code);
        await QuietAsync(id);
        Assert.Equal(verified["methodId"], (await _user.SeeAsync(id))["methodId"]);
        Assert.Single((await _user.GetAsync("me")).Body!["methods"]!.AsArray());
    }

    [Fact]
    public async Task Stop_fails_the_next_text_and_offers_a_call_until_start()
    {
        await _phone.TextAsync(Laptop.Sender, "STOP");
        var enrollment = await _user.EnrollPhoneAsync(_phone.Number);
        var contacted = await Handset.UntilAsync(() => _user.ContactAsync(enrollment["id"], new() { ["resend"] = true }), r => r.Text("verification.reason") == "opted-out" || r.Status == 429, "opted out");
        Assert.Equal(("readyToContact", "failed", "opted-out", "call"), (contacted["state"], contacted["verification.state"], contacted["verification.reason"], contacted["verification.offer"]));

        Assert.Equal(202, (await _user.ContactAsync(enrollment["id"], new() { ["how"] = "call" })).Status);
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        await _phone.PressAsync("#");
        await _user.WaitForVerificationAsync(enrollment["id"], "verified");

        await _phone.TextAsync(Laptop.Sender, "start");
        using var other = await _laptop.SignInAsync();
        var again = (await other.EnrollPhoneAsync(_phone.Number))["id"];
        await Handset.UntilAsync(() => other.ContactAsync(again), r => r.Text("verification.state") == "waiting", "a text after START");
    }

    [Theory]
    [InlineData("no-answer", "no-answer")]
    [InlineData("busy", "busy")]
    [InlineData("decline", "declined")]
    public async Task An_unanswered_call_is_placed_three_times(string habit, string reason)
    {
        await _phone.HabitAsync(calls: habit);
        var id = await ContactAsync("call");
        var ended = await AssertEndsAsync(id, "failed", reason);
        Assert.Equal("3", ended["verification.attempt"]);
        Assert.Equal(3, _laptop.Carrier.Count(r => r.Path.StartsWith("/calling/callConnections?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Voicemail_presses_no_key()
    {
        await _phone.HabitAsync(calls: "voicemail");
        var id = await ContactAsync("call");
        await AssertEndsAsync(id, "failed", "no-key");
        await _phone.EndsAsync();
        Assert.Equal(3, _laptop.Carrier.Count(r => r.Path.Contains(":recognize", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Three_wrong_keys_end_the_call()
    {
        var id = await ContactAsync("call");
        await _phone.AnswerAsync();
        await _phone.PressAsync("5");
        await _phone.SaysAsync("not recognized");
        await _phone.PressAsync("6");
        await _phone.PressAsync("7");
        await AssertEndsAsync(id, "failed", "wrong-key");
        await _phone.EndsAsync();
    }

    [Fact]
    public async Task Hanging_up_before_a_key_fails()
    {
        var id = await ContactAsync("call");
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        await _phone.HangUpAsync();
        await AssertEndsAsync(id, "failed", "hung-up");
    }

    [Fact]
    public async Task Zero_and_pound_report_fraud_once_confirmed_and_the_method_rests()
    {
        var id = await ContactAsync("call");
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        await _phone.PressAsync("0#");
        await _phone.SaysAsync("To confirm, press one");
        Assert.Equal("waiting", (await _user.SeeAsync(id))["verification.state"]);
        await _phone.PressAsync("1");
        await AssertEndsAsync(id, "fraudReported", null);
        await _phone.SaysAsync("Your report is passed on");

        var again = await Handset.UntilAsync(() => _user.ContactAsync(id), r => r.Status == 429, "429");
        Assert.Equal("method-paused", again.Code);
        Assert.InRange(again.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 50, 60);
    }

    [Fact]
    public async Task A_carrier_that_is_back_in_time_gets_the_text_once()
    {
        _laptop.Carrier.Down = true;
        var id = await ContactAsync("text", expect: "delivering");
        Assert.Equal("carrier-down", (await _user.SeeAsync(id))["verification.reason"]);
        _laptop.Carrier.Down = false;
        await _user.WaitForVerificationAsync(id, "waiting");
        Assert.Equal(200, (await _user.VerifyAsync(id, await _phone.CodeAsync())).Status);
        Assert.Single(await _phone.TextsAsync());
    }

    [Fact]
    public async Task A_carrier_that_stays_away_fails_it()
    {
        _laptop.Carrier.Decide = _ => Task.FromResult(Pass.Refuse);
        var id = await ContactAsync("text", expect: "delivering");
        await AssertEndsAsync(id, "failed", "carrier-down");
        Assert.Empty(await _phone.TextsAsync());
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_counts_and_the_next_call_is_a_new_one()
    {
        _laptop.Carrier.Decide = _ => Task.FromResult(Pass.Cut);
        var id = await ContactAsync("call", expect: "delivering");
        var unknown = await _user.WaitForAsync(id, r => r.Text("verification.retryAt") is not null, 30);
        Assert.Equal("outcome-unknown", unknown["verification.reason"]);
        _laptop.Carrier.Decide = null;
        await _phone.AnswerAsync();
        await _phone.PressAsync("#");
        await _user.WaitForVerificationAsync(id, "verified");
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("fail")]
    public async Task A_number_that_can_not_be_reached_fails_it(string habit)
    {
        await _phone.HabitAsync(texts: habit);
        var enrollment = await _user.EnrollPhoneAsync(_phone.Number);
        await _user.ContactAsync(enrollment["id"]);
        await AssertEndsAsync(enrollment["id"], "failed", "undeliverable");
        Assert.Empty(await _phone.TextsAsync());
    }

    [Fact]
    public async Task A_carrier_slower_than_the_lease_sends_one_text()
    {
        // Without the report of the delivery, which says as much as the answer.
        _laptop.SendTextEventsTo("http://127.0.0.1:9");
        var slow = 3;
        _laptop.Carrier.Done = async _ =>
        {
            if (Interlocked.Decrement(ref slow) >= 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.2));
            }

            return Pass.Through;
        };
        var id = await ContactAsync("text", expect: "delivering");
        await _user.WaitForVerificationAsync(id, "waiting");
        await QuietAsync(id);
        Assert.Single(await _phone.TextsAsync());
        Assert.True(_laptop.Carrier.Count(r => r.Path.StartsWith("/sms", StringComparison.Ordinal)) >= 2);
    }

    [Fact]
    public async Task Storage_that_is_gone_for_seconds_loses_nothing()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        var call = await ContactAsync("call", await _laptop.SignInAsync(), _laptop.NewPhone());
        await call.Phone.AnswerAsync();
        await call.Phone.SaysAsync("press the pound key");

        _laptop.Tables.Down = _laptop.Queues.Down = true;
        var gone = await _user.VerifyAsync(id, code);
        Assert.Equal((503, "unavailable"), (gone.Status, gone.Code));
        Assert.NotNull(gone.Raw.Headers.RetryAfter);
        Assert.Equal(503, (await _user.GetAsync("/healthz")).Status);
        await call.Phone.PressAsync("#");
        _laptop.Tables.Down = _laptop.Queues.Down = false;

        Assert.Equal((200, "verified"), ((await _user.VerifyAsync(id, code)) is var back ? (back.Status, back["state"]) : default));
        await call.User.WaitForVerificationAsync(call.Id, "verified");
        await call.Phone.EndsAsync();
    }

    internal static string Wrong(string code) => Seen.Secret($"{(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 1) % 1_000_000:000000}");

    private async Task<string> ContactAsync(string delivery, string expect = "waiting")
    {
        var enrollment = await _user.EnrollPhoneAsync(_phone.Number, delivery);
        var contacted = await _user.ContactAsync(enrollment["id"]);
        Assert.Equal((202, expect), (contacted.Status, contacted["verification.state"]));
        return enrollment["id"];
    }

    private static async Task<(string Id, Person User, Handset Phone)> ContactAsync(string delivery, Person user, Handset phone)
    {
        var id = (await user.EnrollPhoneAsync(phone.Number, delivery))["id"];
        Assert.Equal(202, (await user.ContactAsync(id)).Status);
        return (id, user, phone);
    }

    private async Task<Reply> AssertEndsAsync(string id, string state, string? reason)
    {
        var ended = await _user.WaitForVerificationAsync(id, state);
        Assert.Equal(reason, ended.Text("verification.reason"));
        return ended;
    }

    /// <summary>Until the row of the enrollment is not written for a second: the clock has done what was left.</summary>
    private async Task QuietAsync(string id)
    {
        var version = (await _user.SeeAsync(id))["version"];
        while (true)
        {
            var next = (await _user.GetAsync($"me/enrollments/{id}?wait=1&seen={version}"))["version"];
            if (next == version)
            {
                return;
            }

            version = next;
        }
    }
}
