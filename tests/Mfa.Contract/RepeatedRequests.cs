using System.Text.Json.Nodes;
using Mfa.Core;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Requests that come again under their Idempotency-Key, with a clock that the test moves.</summary>
public sealed class RepeatedRequests(Storage storage) : LaptopTest(storage)
{
    private static readonly (string, string) s_key = ("Idempotency-Key", "page-1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddHours(36));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    protected override TimeProvider Time => _time;

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task The_same_key_for_something_else_is_refused_for_a_day(Driven driven)
    {
        await SetUpAsync(driven);
        var first = await OpenAsync(driven, User);
        BadInput.AssertProblem(await OpenOtherAsync(driven, User), 422, "idempotency-key-reused");
        using var later = await AfterAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        BadInput.AssertProblem(await OpenOtherAsync(driven, later), 422, "idempotency-key-reused");
        Assert.Equal(first["id"], (await OpenAsync(driven, later))["id"]);
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task After_a_day_the_key_opens_another_and_what_stood_under_it_stays_as_it_was(Driven driven)
    {
        await SetUpAsync(driven);
        var before = await OpenOtherAsync(driven, User);
        using var later = await AfterAsync(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var seen = await SeeAsync(driven, later, before["id"]);
        Assert.Equal("expired", seen["state"]);

        var next = await OpenAsync(driven, later);
        Assert.Equal((201, "authenticationPhone"), (next.Status, next["method"]));
        Assert.NotEqual(before["id"], next["id"]);
        Assert.Equal(seen.ToString(), (await SeeAsync(driven, later, before["id"])).ToString());
        Assert.Equal(next["id"], (await OpenAsync(driven, later))["id"]);
    }

    [Fact]
    public async Task One_key_of_two_relying_parties_or_of_a_user_in_a_session_of_that_name_is_three_challenges()
    {
        await SetUpAsync(Driven.Challenge);
        using var shop = await Laptop.RelyingPartyAsync();
        using var bank = await Laptop.RelyingPartyAsync("bank");
        using var user = new Person(Laptop.Url, TokenSigner.Sign(
            Laptop, _time.GetUtcNow().AddMinutes(30), ("tid", "contoso"), ("sub", User.Id), ("oid", User.Id), ("azp", "front-end"), ("scp", "user_impersonation"), ("sid", "shop")));
        var quiet = new JsonObject { ["contact"] = false };
        Reply[] opened = [await shop.ChallengeAsync(User.Id, quiet, s_key), await bank.ChallengeAsync(User.Id, quiet, s_key), await user.PostAsync("me/challenges", quiet, s_key)];
        Assert.All(opened, o => Assert.Equal(201, o.Status));
        Assert.Equal(3, opened.Select(o => o["id"]).Distinct().Count());
    }

    [Fact]
    public async Task A_code_under_the_key_of_another_code_or_of_a_challenge_is_not_answered_by_it()
    {
        var (app, _) = await User.SetUpAppAsync(_time);
        using var shop = await Laptop.RelyingPartyAsync();
        var code = await app.CodeAsync(steps: 1, at: _time.GetUtcNow());
        var right = await shop.VerifyNowAsync(User.Id, code, s_key);
        Assert.Equal("true", right["valid"]);
        var again = await shop.VerifyNowAsync(User.Id, code, s_key);
        Assert.Equal(("true", new JsonWebToken(right["assertion"]).Id), (again["valid"], new JsonWebToken(again["assertion"]).Id));
        BadInput.AssertProblem(await shop.VerifyNowAsync(User.Id, Failures.Wrong(code), s_key), 422, "idempotency-key-reused");
        BadInput.AssertProblem(await shop.ChallengeAsync(User.Id, new() { ["contact"] = false }, s_key), 422, "idempotency-key-reused");
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
    [InlineData(Driven.Enrollment, "00:00:00")]
    [InlineData(Driven.Enrollment, "06:30:00")]
    [InlineData(Driven.Enrollment, "11:59:59")]
    [InlineData(Driven.Enrollment, "17:45:12")]
    [InlineData(Driven.Enrollment, "23:59:59")]
    [InlineData(Driven.Challenge, "00:00:00")]
    [InlineData(Driven.Challenge, "23:59:59")]
    public async Task A_key_is_remembered_for_a_day_from_its_first_use_at_any_time_of_day(Driven driven, string timeOfDay)
    {
        _time.SetUtcNow(_time.GetUtcNow().Date.AddDays(1) + TimeSpan.Parse(timeOfDay, System.Globalization.CultureInfo.InvariantCulture));
        using var user = await AfterAsync(TimeSpan.Zero);
        await SetUpAsync(driven, user);
        var first = (await OpenAsync(driven, user))["id"];
        foreach (var after in new[] { TimeSpan.FromSeconds(1), TimeSpan.FromHours(12), TimeSpan.FromHours(12) - TimeSpan.FromSeconds(2) })
        {
            using var later = await AfterAsync(after);
            Assert.Equal(first, (await OpenAsync(driven, later))["id"]);
        }

        using var next = await AfterAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, (await OpenAsync(driven, next))["id"]);
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

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task The_65th_key_is_refused_and_none_is_forgotten_for_it(Driven driven)
    {
        using var p = await Proving.PrepareAsync(driven, Laptop, Laptop.Url, "text");
        Assert.Equal(p.Begun, (await p.BeginAsync()).Status);
        foreach (var key in Enumerable.Range(1, 64))
        {
            Assert.Equal((202, $"{p.Id}-1"), (await ContactAsync(p.Caller, p.Id, key)) is var same ? (same.Status, same["verification.id"]) : default);
        }

        BadInput.AssertProblem(await ContactAsync(p.Caller, p.Id, 65), 429, "contacts-limit");
        Assert.Equal(202, (await ContactAsync(p.Caller, p.Id, 1)).Status);
        BadInput.AssertProblem(await p.Caller.ContactAsync(p.Id, new JsonObject { ["how"] = "call" }, ("Idempotency-Key", "contact-1")), 422, "idempotency-key-reused");
        Assert.Equal(1, await p.TextsAsync());
    }

    [Fact]
    public async Task A_key_that_met_a_text_starts_nothing_once_the_phone_rings()
    {
        using var p = await Proving.PrepareAsync(Driven.Challenge, Laptop, Laptop.Url, "text");
        await p.BeginAsync();
        await ContactAsync(p.Caller, p.Id, 1);
        Assert.Equal($"{p.Id}-2", (await p.Caller.ContactAsync(p.Id, new() { ["how"] = "call" }))["verification.id"]);
        Assert.Equal((202, $"{p.Id}-2", "call"), (await ContactAsync(p.Caller, p.Id, 1)) is var again ? (again.Status, again["verification.id"], again["how"]) : default);
        Assert.Equal(p.Id, (await p.BeginAsync())["id"]);
        Assert.Equal(1, await p.TextsAsync());
    }

    private static Task<Reply> ContactAsync(Caller caller, string id, int key) => caller.ContactAsync(id, null, ("Idempotency-Key", $"contact-{key}"));

    // What there has to be before it is opened.
    private async Task SetUpAsync(Driven driven, Person? user = null)
    {
        if (driven == Driven.Challenge)
        {
            await Laptop.RestsAsync(user ?? User, (await (user ?? User).SetUpAsync(Phone))["id"]);
        }
    }

    private Task<Reply> OpenAsync(Driven driven, Person user) =>
        driven == Driven.Enrollment ? user.EnrollPhoneAsync(Phone.Number, headers: s_key) : ChallengeAsync(user, new() { ["contact"] = false });

    private Task<Reply> OpenOtherAsync(Driven driven, Person user) =>
        driven == Driven.Enrollment ? user.EnrollAppAsync(s_key) : ChallengeAsync(user, new() { ["contact"] = false, ["nonce"] = "another" });

    private async Task<Reply> ChallengeAsync(Person user, JsonObject asked)
    {
        using var shop = await Laptop.RelyingPartyAsync();
        return await shop.ChallengeAsync(user.Id, asked, s_key);
    }

    private async Task<Reply> SeeAsync(Driven driven, Person user, string id)
    {
        using var shop = await Laptop.RelyingPartyAsync();
        return await (driven == Driven.Enrollment ? user : (Caller)shop).SeeAsync(id);
    }

    private Task<Reply> ContactAsync(string id, int key) => User.ContactAsync(id, null, ("Idempotency-Key", $"contact-{key}"));

    // Tokens live an hour.
    private async Task<Person> AfterAsync(TimeSpan span)
    {
        _time.Advance(span);
        return await Laptop.SignInAsync(User.Id);
    }
}
