using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>The limits of the policy, with a clock that the test moves.</summary>
public sealed class Limits(Storage storage) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private Laptop _laptop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        // Noon, so that no day ends while an hour passes.
        _time.SetUtcNow(_time.GetUtcNow().Date.AddHours(36));
        _laptop = await Laptop.StartAsync(storage, new() { ["Local:ClockRuns"] = "false" }, _time);
        _user = await _laptop.SignInAsync();
        _phone = _laptop.NewPhone();
    }

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return _laptop.DisposeAsync();
    }

    [Fact]
    public async Task A_code_after_the_deadline_is_too_late()
    {
        var id = await ContactAsync();
        var code = await _phone.CodeAsync();
        _time.Advance(TimeSpan.FromMinutes(10));
        BadInput.AssertProblem(await _user.VerifyAsync(id, code), 410, "verification-over");
        var seen = await _user.SeeAsync(id);
        Assert.Equal(("expired", "expired"), (seen["state"], seen["verification.state"]));
        BadInput.AssertProblem(await _user.ContactAsync(id), 410, "enrollment-over");
    }

    [Fact]
    public async Task Another_text_waits_for_its_time_and_the_fourth_is_refused()
    {
        var id = await ContactAsync();
        var soon = await ResendAsync(id);
        BadInput.AssertProblem(soon, 429, "too-soon");
        Assert.Equal(30, soon.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Single(await _phone.TextsAsync());

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((202, "2"), (await ResendAsync(id)) is var second ? (second.Status, second["verification.attempt"]) : default);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await ResendAsync(id)).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        BadInput.AssertProblem(await ResendAsync(id), 429, "limit");
        Assert.Equal(3, (await _phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task The_last_two_codes_are_valid_and_a_new_one_does_not_forget_wrong_ones()
    {
        var id = await ContactAsync();
        var first = await _phone.CodeAsync();
        await _user.VerifyAsync(id, Failures.Wrong(first));
        _time.Advance(TimeSpan.FromSeconds(30));
        await ResendAsync(id);
        await _phone.CodeAsync(2);
        _time.Advance(TimeSpan.FromSeconds(30));
        await ResendAsync(id);
        var third = await _phone.CodeAsync(3);
        Assert.Equal("3", (await _user.VerifyAsync(id, first))["triesLeft"]);
        Assert.Equal("verified", (await _user.VerifyAsync(id, third))["state"]);
    }

    [Fact]
    public async Task A_repeated_resend_under_one_key_sends_once()
    {
        var id = await ContactAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await _user.ContactAsync(id, new() { ["resend"] = true }, ("Idempotency-Key", "again"))).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("2", (await _user.ContactAsync(id, new() { ["resend"] = true }, ("Idempotency-Key", "again")))["verification.attempt"]);
        Assert.Equal(2, (await _phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task A_number_gets_five_texts_an_hour_from_all_who_have_not_proved_it()
    {
        for (var send = 1; send <= 5; send++)
        {
            using var someone = await _laptop.SignInAsync();
            Assert.Equal(202, (await someone.ContactAsync((await someone.EnrollPhoneAsync(_phone.Number))["id"])).Status);
        }

        var id = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        var limited = await _user.ContactAsync(id);
        BadInput.AssertProblem(limited, 429, "number-limit");
        Assert.Equal(60, limited.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 1.0);
        Assert.Equal(5, (await _phone.TextsAsync()).Count);

        _time.Advance(TimeSpan.FromHours(1));
        using var later = await Person.SignInAsync(_laptop.Url);
        Assert.Equal(202, (await later.ContactAsync((await later.EnrollPhoneAsync(_phone.Number))["id"])).Status);
    }

    [Fact]
    public async Task An_account_tries_three_new_numbers_a_day_and_ten_sends()
    {
        for (var number = 1; number <= 3; number++)
        {
            var id = (await _user.EnrollPhoneAsync(Handset.NewNumber()))["id"];
            for (var send = 1; send <= 3; send++)
            {
                Assert.Equal(202, (await ResendAsync(id)).Status);
                _time.Advance(TimeSpan.FromSeconds(30));
            }
        }

        var limited = await _user.EnrollPhoneAsync(Handset.NewNumber());
        BadInput.AssertProblem(limited, 429, "numbers-limit");
        Assert.InRange(limited.Raw.Headers.RetryAfter!.Delta!.Value.TotalHours, 11, 12);
    }

    [Fact]
    public async Task Ten_wrong_codes_in_a_row_make_one_wait()
    {
        var id = await ContactAsync();
        await FailAsync(id);
        Assert.Equal(202, (await _user.ContactAsync(id)).Status);
        await FailAsync(id);
        var waits = await _user.ContactAsync(id);
        BadInput.AssertProblem(waits, 429, "too-many-failures");
        Assert.Equal(30, waits.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);

        // A new enrollment does not forget them.
        var other = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        BadInput.AssertProblem(await _user.ContactAsync(other), 429, "too-many-failures");
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(202, (await _user.ContactAsync(other)).Status);
    }

    [Fact]
    public async Task A_newer_enrollment_cancels_an_open_older_one_and_hangs_its_call_up()
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number, "call"))["id"];
        await _user.ContactAsync(id);
        await _phone.RingsAsync();
        await _user.EnrollPhoneAsync(_phone.Number);
        await _phone.EndsAsync();
        var older = await _user.SeeAsync(id);
        Assert.Equal(("cancelled", "cancelled"), (older["state"], older["verification.state"]));
    }

    [Fact]
    public async Task A_deleted_enrollment_is_over()
    {
        var id = await ContactAsync();
        Assert.Equal(204, (await _user.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}")).Status);
        BadInput.AssertProblem(await _user.VerifyAsync(id, await _phone.CodeAsync()), 410, "verification-over");
        Assert.Equal("cancelled", (await _user.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task A_code_of_an_authenticator_serves_one_step_either_way_and_no_more()
    {
        foreach (var (offset, status) in new[] { (-60, 422), (-30, 200), (0, 200), (30, 200), (60, 422) })
        {
            using var user = await _laptop.SignInAsync();
            var app = await user.EnrollAppAsync();
            await user.ContactAsync(app["id"]);
            var at = _time.GetUtcNow().AddSeconds(offset).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
            var code = await Tool.RunAsync("oathtool", "--totp", "--base32", "--now", at, app["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(status, (await user.VerifyAsync(app["id"], code)).Status);
        }
    }

    private Task<Reply> ResendAsync(string id) => _user.ContactAsync(id, new() { ["resend"] = true });

    private async Task FailAsync(string id)
    {
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            Assert.Equal(422, (await _user.VerifyAsync(id, "000000")).Status);
        }
    }

    private async Task<string> ContactAsync()
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        Assert.Equal(202, (await _user.ContactAsync(id)).Status);
        return id;
    }
}
