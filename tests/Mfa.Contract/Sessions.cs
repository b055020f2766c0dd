using Mfa.Web;
using Xunit;

namespace Mfa.Contract;

/// <summary>Which session of the first step a token is of, and who its user is.</summary>
public sealed class Sessions(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    [Theory]
    [InlineData("uti")]
    [InlineData("jti")]
    [InlineData(null)]
    public async Task Two_tokens_that_name_no_session_are_two_sessions(string? tokenId)
    {
        var user = Person.NewName();
        using var first = Token(user, tokenId, 30);
        using var second = Token(user, tokenId, 31);
        var app = await first.EnrollAppAsync();
        Assert.NotNull(app.Text("activation.secretKey"));
        Assert.Null((await second.SeeAsync(app["id"])).Text("activation"));
        Assert.NotNull((await first.SeeAsync(app["id"])).Text("activation.secretKey"));

        await first.ContactAsync(app["id"]);
        var code = await AuthenticatorAsync(app);
        var theirs = await second.VerifyAsync(app["id"], code);
        Assert.Equal(("verified", null), (theirs["state"], theirs.Text("assertion")));
        Assert.Null((await second.SeeAsync(app["id"])).Text("assertion"));

        var assertion = (await first.VerifyAsync(app["id"], code))["assertion"];
        BadInput.AssertProblem(await second.EnrollAppAsync(("Mfa-Assertion", assertion)), 401, "second-step-required");
        BadInput.AssertProblem(await first.EnrollAppAsync(), 401, "second-step-required");
        Assert.Equal(201, (await first.EnrollAppAsync(("Mfa-Assertion", assertion))).Status);
    }

    [Fact]
    public async Task What_another_session_opened_is_neither_handed_over_by_its_key_nor_lent_a_second_step()
    {
        var user = Person.NewName();
        using var thief = InSession(user, "theirs");
        using var owner = InSession(user, "own");
        var opened = await thief.EnrollAppAsync(("Idempotency-Key", "add-app"));
        Assert.Equal(opened["id"], (await thief.EnrollAppAsync(("Idempotency-Key", "add-app")))["id"]);

        var phone = (await owner.EnrollPhoneAsync(Phone.Number))["id"];
        await owner.ContactAsync(phone);
        var assertion = ("Mfa-Assertion", (await owner.VerifyAsync(phone, await Phone.CodeAsync()))["assertion"]);
        BadInput.AssertProblem(await owner.EnrollAppAsync(("Idempotency-Key", "add-app"), assertion), 422, "idempotency-key-reused");
        BadInput.AssertProblem(await owner.ContactAsync(opened["id"], null, assertion), 401, "second-step-required");
    }

    [Fact]
    public async Task A_token_that_does_not_name_its_user_is_nobodys()
    {
        (string, object)[] without = [("tid", "contoso"), ("sub", "alice"), ("azp", "front-end"), ("scp", "user_impersonation")];
        foreach (var claims in new[] { without, [.. without, ("oid", "")], [.. without, ("oid", new string('o', 257))] })
        {
            using var caller = new Person(Laptop.Url, TokenSigner.Sign(Laptop, DateTimeOffset.UtcNow.AddMinutes(30), claims));
            var answer = await caller.GetAsync("me");
            BadInput.AssertProblem(answer, 401, "no-user-claim");
            Assert.Contains("invalid_token", answer.Raw.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task That_the_users_claim_is_missing_is_logged_once()
    {
        var claim = "employee" + Person.NewName();
        var head = await Laptop.AddHeadAsync(settings: new() { ["Auth:UserClaim"] = claim });
        using var user = User.At(head.Url.ToString());
        for (var i = 0; i < 3; i++)
        {
            BadInput.AssertProblem(await user.GetAsync("me"), 401, "no-user-claim");
        }

        Assert.Single(Seen.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains(claim, StringComparison.Ordinal));
        using var employee = new Person(head.Url.ToString(), TokenSigner.Sign(Laptop, DateTimeOffset.UtcNow.AddMinutes(30), ("tid", "contoso"), (claim, "7"), ("scp", "user_impersonation")));
        Assert.Equal(200, (await employee.GetAsync("me")).Status);
    }

    [Theory]
    [InlineData("Auth:UserClaim", "oid,sub")]
    [InlineData("Auth:UserClaim", "oid sub")]
    [InlineData("Auth:TenantClaim", "tid;iss")]
    public async Task A_setting_that_names_two_claims_is_refused_at_start(string name, string value)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(() => Laptop.AddHeadAsync(settings: new() { [name] = value }));
        Assert.StartsWith(name.Replace(":", "__", StringComparison.Ordinal) + " ", Assert.Single(refused.Faults), StringComparison.Ordinal);
    }

    private Person Token(string user, string? tokenId, int minutes)
    {
        (string, object)[] claims = [("tid", "contoso"), ("sub", user), ("oid", user), ("azp", "front-end"), ("scp", "user_impersonation")];
        return new(Laptop.Url, TokenSigner.Sign(Laptop, DateTimeOffset.UtcNow.AddMinutes(minutes), tokenId is null ? claims : [.. claims, (tokenId, $"{user}-{minutes}")]));
    }

    private Person InSession(string user, string session) => new(Laptop.Url, TokenSigner.Sign(
        Laptop, DateTimeOffset.UtcNow.AddMinutes(30), [("tid", "contoso"), ("sub", user), ("oid", user), ("azp", "front-end"), ("scp", "user_impersonation"), ("sid", session)]));
}
