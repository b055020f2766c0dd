using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>The limits of the policy, with a clock that the test moves.</summary>
public sealed class Limits(Storage storage) : LaptopTest(storage)
{
    // Noon, so that no day ends while an hour passes.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddHours(36));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    protected override TimeProvider Time => _time;

    [Fact]
    public async Task A_code_after_the_deadline_is_too_late()
    {
        var id = await ContactAsync();
        var code = await Phone.CodeAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        BadInput.AssertProblem(await User.VerifyAsync(id, code), 410, "verification-over");
        var seen = await User.SeeAsync(id);
        Assert.Equal(("expired", "expired"), (seen["state"], seen["verification.state"]));
        BadInput.AssertProblem(await User.ContactAsync(id), 410, "enrollment-over");
    }

    [Fact]
    public async Task Contact_me_after_the_deadline_starts_anew_though_no_clock_has_looked()
    {
        var brief = await Laptop.AddHeadAsync(Time, new() { ["Policy:Lifetime"] = "00:05:00" });
        using var there = User.At(brief.Url.ToString());
        var id = (await there.EnrollPhoneAsync(Phone.Number))["id"];
        await there.ContactAsync(id);
        await Phone.CodeAsync();
        _time.Advance(TimeSpan.FromMinutes(6));
        var again = await there.ContactAsync(id);
        Assert.Equal((202, "contacting", "waiting", $"{id}-2"), (again.Status, again["state"], again["verification.state"], again["verification.id"]));
        Assert.Equal("verified", (await there.VerifyAsync(id, await Phone.CodeAsync(2)))["state"]);
    }

    [Fact]
    public async Task Another_text_waits_for_its_time_and_the_fourth_is_refused()
    {
        var id = await ContactAsync();
        var soon = await ResendAsync(id);
        BadInput.AssertProblem(soon, 429, "too-soon");
        Assert.Equal(30, soon.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Single(await Phone.TextsAsync());

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((202, "2"), (await ResendAsync(id)) is var second ? (second.Status, second["verification.attempt"]) : default);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await ResendAsync(id)).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        BadInput.AssertProblem(await ResendAsync(id), 429, "limit");
        Assert.Equal(3, (await Phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task Another_way_in_turn_sends_no_more_than_one_way()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        Assert.Equal(202, (await User.ContactAsync(id, new() { ["how"] = "text" })).Status);
        foreach (var how in new[] { "call", "text", "call" })
        {
            _time.Advance(TimeSpan.FromSeconds(0.3));
            foreach (var resend in new[] { false, true })
            {
                var answer = await User.ContactAsync(id, new() { ["how"] = how, ["resend"] = resend });
                if ((how, resend) == ("text", false))
                {
                    // It runs already, and goes on.
                    Assert.Equal((202, $"{id}-1", "1"), (answer.Status, answer["verification.id"], answer["verification.attempt"]));
                    continue;
                }

                BadInput.AssertProblem(answer, 429, "too-soon");
                Assert.InRange(answer.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 29, 30);
            }
        }

        Assert.Single(await Phone.TextsAsync());
        Assert.Equal(1, Laptop.Carrier.Count(r => r.IsWrite));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((202, $"{id}-2"), (await User.ContactAsync(id, new() { ["how"] = "call" })) is var called ? (called.Status, called["verification.id"]) : default);
        await Phone.RingsAsync();
    }

    [Fact]
    public async Task The_last_two_codes_are_valid_and_a_new_one_does_not_forget_wrong_ones()
    {
        var id = await ContactAsync();
        var first = await Phone.CodeAsync();
        await User.VerifyAsync(id, Failures.Wrong(first));
        _time.Advance(TimeSpan.FromSeconds(30));
        await ResendAsync(id);
        await Phone.CodeAsync(2);
        _time.Advance(TimeSpan.FromSeconds(30));
        await ResendAsync(id);
        var third = await Phone.CodeAsync(3);
        Assert.Equal("3", (await User.VerifyAsync(id, first))["triesLeft"]);
        Assert.Equal("verified", (await User.VerifyAsync(id, third))["state"]);
    }

    [Fact]
    public async Task A_repeated_resend_under_one_key_sends_once()
    {
        var id = await ContactAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await User.ContactAsync(id, new() { ["resend"] = true }, ("Idempotency-Key", "again"))).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("2", (await User.ContactAsync(id, new() { ["resend"] = true }, ("Idempotency-Key", "again")))["verification.attempt"]);
        Assert.Equal(2, (await Phone.TextsAsync()).Count);
        BadInput.AssertProblem(await User.ContactAsync(id, new() { ["how"] = "call" }, ("Idempotency-Key", "again")), 422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_number_gets_five_texts_an_hour_from_all_who_have_not_proved_it()
    {
        for (var send = 1; send <= 5; send++)
        {
            using var someone = await Laptop.SignInAsync();
            Assert.Equal(202, (await someone.ContactAsync((await someone.EnrollPhoneAsync(Phone.Number))["id"])).Status);
        }

        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        var limited = await User.ContactAsync(id);
        BadInput.AssertProblem(limited, 429, "number-limit");
        Assert.Equal(60, limited.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 1.0);
        Assert.Equal(5, (await Phone.TextsAsync()).Count);

        _time.Advance(TimeSpan.FromHours(1));
        using var later = await Person.SignInAsync(Laptop.Url);
        Assert.Equal(202, (await later.ContactAsync((await later.EnrollPhoneAsync(Phone.Number))["id"])).Status);
    }

    [Fact]
    public async Task Strangers_who_use_up_an_office_phone_do_not_keep_its_user_from_it()
    {
        foreach (var sends in new[] { 3, 2 })
        {
            using var stranger = await Laptop.SignInAsync();
            var theirs = (await stranger.EnrollPhoneAsync("425 555 0143", "call", "US"))["id"];
            for (var send = 1; send <= sends; send++)
            {
                Assert.Equal(202, (await stranger.ContactAsync(theirs)).Status);
                await stranger.SendAsync(HttpMethod.Delete, $"me/enrollments/{theirs}");
                _time.Advance(TimeSpan.FromSeconds(30));
                theirs = (await stranger.EnrollPhoneAsync("425 555 0143", "call", "US"))["id"];
            }
        }

        BadInput.AssertProblem(await User.ContactAsync((await User.EnrollPhoneAsync("425 555 0143", "call", "US"))["id"]), 429, "number-limit");
        using var alice = await Laptop.SignInAsync("alice");
        var office = await alice.PostAsync("me/enrollments", new System.Text.Json.Nodes.JsonObject { ["method"] = "officePhone" });
        Assert.Equal(202, (await alice.ContactAsync(office["id"])).Status);
    }

    [Fact]
    public async Task An_account_tries_three_new_numbers_a_day_and_ten_sends()
    {
        for (var number = 1; number <= 3; number++)
        {
            var id = (await User.EnrollPhoneAsync(Handset.NewNumber()))["id"];
            for (var send = 1; send <= 3; send++)
            {
                Assert.Equal(202, (await ResendAsync(id)).Status);
                _time.Advance(TimeSpan.FromSeconds(30));
            }
        }

        var limited = await User.EnrollPhoneAsync(Handset.NewNumber());
        BadInput.AssertProblem(limited, 429, "numbers-limit");
        Assert.InRange(limited.Raw.Headers.RetryAfter!.Delta!.Value.TotalHours, 11, 12);
    }

    [Fact]
    public async Task Ten_wrong_codes_in_a_row_make_one_wait()
    {
        var id = await ContactAsync();
        await FailAsync(id);
        BadInput.AssertProblem(await User.ContactAsync(id), 429, "too-soon");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await User.ContactAsync(id)).Status);
        await FailAsync(id);
        var waits = await User.ContactAsync(id);
        BadInput.AssertProblem(waits, 429, "too-many-failures");
        Assert.Equal(30, waits.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);

        // A new enrollment does not forget them.
        var other = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        BadInput.AssertProblem(await User.ContactAsync(other), 429, "too-many-failures");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await User.ContactAsync(other)).Status);
    }

    [Fact]
    public async Task A_newer_enrollment_cancels_an_open_older_one_and_hangs_its_call_up()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number, "call"))["id"];
        await User.ContactAsync(id);
        await Phone.RingsAsync();
        await User.EnrollPhoneAsync(Phone.Number);
        await Phone.EndsAsync();
        var older = await User.SeeAsync(id);
        Assert.Equal(("cancelled", "cancelled"), (older["state"], older["verification.state"]));
    }

    [Fact]
    public async Task A_deleted_enrollment_is_over()
    {
        var id = await ContactAsync();
        Assert.Equal(204, (await User.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}")).Status);
        BadInput.AssertProblem(await User.VerifyAsync(id, await Phone.CodeAsync()), 410, "verification-over");
        Assert.Equal("cancelled", (await User.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task A_code_of_an_authenticator_serves_one_step_either_way_and_no_more()
    {
        foreach (var (offset, status) in new[] { (-60, 422), (-30, 200), (0, 200), (30, 200), (60, 422) })
        {
            using var user = await Laptop.SignInAsync();
            var app = await user.EnrollAppAsync();
            await user.ContactAsync(app["id"]);
            var at = _time.GetUtcNow().AddSeconds(offset).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
            var code = await Tool.RunAsync("oathtool", "--totp", "--base32", "--now", at, app["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(status, (await user.VerifyAsync(app["id"], code)).Status);
        }
    }

    private Task<Reply> ResendAsync(string id) => User.ContactAsync(id, new() { ["resend"] = true });

    private async Task FailAsync(string id)
    {
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            Assert.Equal(422, (await User.VerifyAsync(id, "000000")).Status);
        }
    }

}
