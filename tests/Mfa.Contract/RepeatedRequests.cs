using System.Text.Json.Nodes;
using Mfa.Core;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>Requests that come again under their Idempotency-Key, with a clock that the test moves.</summary>
public sealed class RepeatedRequests(Storage storage) : LaptopTest(storage)
{
    private static readonly (string, string) s_key = ("Idempotency-Key", "page-1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddHours(36));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    protected override TimeProvider Time => _time;

    [Fact]
    public async Task The_same_key_for_another_method_is_refused_for_a_day()
    {
        var phone = await User.EnrollPhoneAsync(Phone.Number, headers: s_key);
        BadInput.AssertProblem(await User.EnrollAppAsync(s_key), 422, "idempotency-key-reused");
        using var later = await AfterAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        BadInput.AssertProblem(await later.EnrollAppAsync(s_key), 422, "idempotency-key-reused");
        Assert.Equal(phone["id"], (await later.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
    }

    [Fact]
    public async Task After_a_day_the_key_opens_another_and_what_stood_under_it_stays_as_it_was()
    {
        var app = await User.EnrollAppAsync(s_key);
        using var later = await AfterAsync(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var before = await later.SeeAsync(app["id"]);
        Assert.Equal("expired", before["state"]);

        var phone = await later.EnrollPhoneAsync(Phone.Number, headers: s_key);
        Assert.Equal((201, "authenticationPhone"), (phone.Status, phone["method"]));
        Assert.NotEqual(app["id"], phone["id"]);
        Assert.Equal(before.ToString(), (await later.SeeAsync(app["id"])).ToString());
        Assert.Equal(phone["id"], (await later.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
    }

    [Fact]
    public async Task After_a_day_the_key_neither_unlocks_a_method_nor_ends_a_live_enrollment_of_another()
    {
        var head = await Laptop.AddHeadAsync(Time, new() { ["Policy:EnrollmentLifetime"] = "2.00:00:00" });
        using var early = User.At(head.Url.ToString());
        var app = await early.EnrollAppAsync(s_key);
        await ChangeAccountAsync(a => a with { WrongCodes = a.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(100, null)) });
        using var laterHere = await AfterAsync(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        using var later = laterHere.At(head.Url.ToString());

        var phone = await later.EnrollPhoneAsync(Phone.Number, headers: s_key);
        Assert.Equal(201, phone.Status);
        BadInput.AssertProblem(await later.ContactAsync(phone["id"]), 403, "method-locked");
        var live = await later.SeeAsync(app["id"]);
        Assert.Equal(("readyToContact", app["version"], app["activation.secretKey"]), (live["state"], live["version"], live["activation.secretKey"]));
        Assert.Equal(202, (await later.ContactAsync(app["id"])).Status);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("06:30:00")]
    [InlineData("11:59:59")]
    [InlineData("17:45:12")]
    [InlineData("23:59:59")]
    public async Task A_key_is_remembered_for_a_day_from_its_first_use_at_any_time_of_day(string timeOfDay)
    {
        _time.SetUtcNow(_time.GetUtcNow().Date.AddDays(1) + TimeSpan.Parse(timeOfDay, System.Globalization.CultureInfo.InvariantCulture));
        using var user = await AfterAsync(TimeSpan.Zero);
        var first = (await user.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"];
        using var soon = await AfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(first, (await soon.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
        using var half = await AfterAsync(TimeSpan.FromHours(12));
        Assert.Equal(first, (await half.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
        using var late = await AfterAsync(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(2));
        Assert.Equal(first, (await late.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
        using var next = await AfterAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, (await next.EnrollPhoneAsync(Phone.Number, headers: s_key))["id"]);
    }

    [Fact]
    public async Task Every_key_that_met_a_running_verification_starts_nothing_once_it_has_failed()
    {
        var id = await ContactAsync();
        foreach (var key in Enumerable.Range(1, 20))
        {
            Assert.Equal($"{id}-1", (await ContactAsync(id, key))["verification.id"]);
        }

        for (var wrong = 1; wrong <= 5; wrong++)
        {
            Assert.Equal(422, (await User.VerifyAsync(id, Failures.Wrong(await Phone.CodeAsync()))).Status);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        foreach (var key in Enumerable.Range(1, 20))
        {
            var again = await ContactAsync(id, key);
            Assert.Equal((202, "readyToContact", $"{id}-1"), (again.Status, again["state"], again["verification.id"]));
        }

        Assert.Single(await Phone.TextsAsync());
        Assert.Equal($"{id}-2", (await ContactAsync(id, 21))["verification.id"]);
        Assert.Equal(2, (await Phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task The_65th_key_of_an_enrollment_is_refused_and_none_is_forgotten_for_it()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        foreach (var key in Enumerable.Range(1, 64))
        {
            Assert.Equal(202, (await ContactAsync(id, key)).Status);
        }

        BadInput.AssertProblem(await ContactAsync(id, 65), 429, "contacts-limit");
        Assert.Equal(202, (await ContactAsync(id, 1)).Status);
        BadInput.AssertProblem(await User.ContactAsync(id, new JsonObject { ["how"] = "call" }, ("Idempotency-Key", "contact-1")), 422, "idempotency-key-reused");
        Assert.Single(await Phone.TextsAsync());
    }

    private Task<Reply> ContactAsync(string id, int key) => User.ContactAsync(id, null, ("Idempotency-Key", $"contact-{key}"));

    // Tokens live an hour.
    private async Task<Person> AfterAsync(TimeSpan span)
    {
        _time.Advance(span);
        return await Laptop.SignInAsync(User.Id);
    }
}
