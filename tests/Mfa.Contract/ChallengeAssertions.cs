using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a second step proves, to whom, and for how long, with a clock that the test moves.</summary>
public sealed class ChallengeAssertions(Storage storage) : LaptopTest(storage)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private RelyingParty _shop = null!;
    private string _setUp = "";

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Service:Issuer"] = "https://mfa.example.com" };

    protected override TimeProvider Time => _time;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _shop = await Laptop.RelyingPartyAsync();
        var verified = await User.SetUpAsync(Phone);
        _setUp = verified["assertion"];
        await Laptop.RestsAsync(User, verified["id"]);
    }

    [Fact]
    public async Task It_says_whose_for_whom_how_and_how_sure_the_same_each_time_for_five_minutes()
    {
        var opened = await _shop.ChallengeAsync(User.Id, new() { ["nonce"] = "n-1" });
        var (id, code) = (opened["id"], await Phone.CodeAsync(2));
        _time.Advance(TimeSpan.FromMinutes(1));
        var at = _time.GetUtcNow().ToUnixTimeSeconds();
        var first = (await _shop.VerifyAsync(id, code))["assertion"];
        var keys = new JsonWebKeySet((await _shop.GetAsync("/.well-known/jwks.json")).Body!.ToJsonString());
        var read = await new JsonWebTokenHandler().ValidateTokenAsync(
            first, new TokenValidationParameters { ValidAudience = "shop", ValidIssuer = "https://mfa.example.com", IssuerSigningKeys = keys.GetSigningKeys() });
        Assert.True(read.IsValid, read.Exception?.Message);
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(first.Split('.')[1]))!.AsObject();
        var expected = new JsonObject
        {
            ["aud"] = "shop",
            ["iss"] = "https://mfa.example.com",
            ["sub"] = User.Id,
            ["tid"] = "contoso",
            ["jti"] = id,
            ["nonce"] = "n-1",
            ["iat"] = at,
            ["nbf"] = at,
            ["auth_time"] = at,
            ["exp"] = at + 300,
            ["amr"] = new JsonArray("mfa", "sms"),
            ["acr"] = "urn:mfa:second-step",
            ["epoch"] = 0,
        };
        Assert.Equal(Sorted(expected), Sorted(claims));

        _time.Advance(TimeSpan.FromSeconds(299));
        foreach (var again in new[] { await _shop.SeeAsync(id), await _shop.VerifyAsync(id, code) })
        {
            var payload = JsonNode.Parse(Base64UrlEncoder.Decode(again["assertion"].Split('.')[1]))!.AsObject();
            Assert.Equal(Sorted(claims), Sorted(payload));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        foreach (var late in new[] { await _shop.SeeAsync(id), await _shop.VerifyAsync(id, code) })
        {
            Assert.Equal((200, "verified", null), (late.Status, late["state"], late.Text("assertion")));
        }
    }

    [Fact]
    public async Task The_users_own_serves_as_their_second_step_for_ten_minutes_and_in_their_session_alone()
    {
        using var own = User.Challenges();
        var opened = await User.PostAsync("me/challenges");
        Assert.Equal((201, $"/api/v1/me/challenges/{opened["id"]}"), (opened.Status, opened.Raw.Headers.Location?.ToString()));
        _time.Advance(TimeSpan.FromMinutes(9));
        var verified = await own.VerifyAsync(opened["id"], await Phone.CodeAsync(2));
        var token = new JsonWebToken(verified["assertion"]);
        Assert.Equal(("self", "session", opened["id"], TimeSpan.FromMinutes(10)), (token.Audiences.Single(), token.GetClaim("sid").Value, token.Id, token.ValidTo - token.IssuedAt));

        // The one of the first set-up has grown too old meanwhile.
        _time.Advance(TimeSpan.FromMinutes(2));
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", _setUp)), 401, "second-step-required");
        using var elsewhere = InSession("another");
        BadInput.AssertProblem(await elsewhere.EnrollAppAsync(("Mfa-Assertion", verified["assertion"])), 401, "second-step-required");
        await User.SetUpAppAsync(_time, ("Mfa-Assertion", verified["assertion"]));
        _time.Advance(TimeSpan.FromMinutes(8) + TimeSpan.FromSeconds(2));
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", verified["assertion"])), 401, "second-step-required");
        Assert.Null((await own.SeeAsync(opened["id"])).Text("assertion"));
    }

    [Fact]
    public async Task A_relying_partys_is_no_second_step_here()
    {
        var id = (await _shop.ChallengeAsync(User.Id))["id"];
        var assertion = (await _shop.VerifyAsync(id, await Phone.CodeAsync(2)))["assertion"];
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", assertion)), 401, "second-step-required");
        using var self = await Laptop.RelyingPartyAsync("self");
        var own = await self.ChallengeAsync(User.Id, new() { ["how"] = "call" });
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        var proved = await self.WaitForStateAsync(own["id"], "verified");
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", proved["assertion"])), 401, "second-step-required");
    }

    [Fact]
    public async Task A_challenge_that_nobody_proves_expires_with_its_code()
    {
        var opened = await _shop.ChallengeAsync(User.Id);
        var code = await Phone.CodeAsync(2);
        Assert.Equal(10, (DateTimeOffset.Parse(opened["expiresAt"], System.Globalization.CultureInfo.InvariantCulture) - _time.GetUtcNow()).TotalMinutes, 0.1);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("expired", (await _shop.SeeAsync(opened["id"]))["state"]);
        BadInput.AssertProblem(await _shop.VerifyAsync(opened["id"], code), 410, "verification-over");
        BadInput.AssertProblem(await _shop.ContactAsync(opened["id"]), 410, "challenge-over");
        await Phone.TextAsync(Laptop.Sender, code);
        Assert.Equal(("expired", null), (await _shop.SeeAsync(opened["id"])) is var seen ? (seen["state"], seen.Text("assertion")) : default);
    }

    [Fact]
    public async Task A_code_that_was_asked_for_late_has_its_own_life()
    {
        var id = (await _shop.ChallengeAsync(User.Id))["id"];
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(202, (await _shop.ContactAsync(id, new() { ["resend"] = true })).Status);
        Assert.Equal(202, (await _shop.ContactAsync(id, new() { ["how"] = "call" })).Status);
        await Phone.RingsAsync();
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(202, (await _shop.ContactAsync(id, new() { ["how"] = "text" })).Status);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("open", (await _shop.SeeAsync(id))["state"]);
        Assert.Equal("verified", (await _shop.VerifyAsync(id, await Phone.CodeAsync(4)))["state"]);
    }

    [Fact]
    public async Task Ten_wrong_codes_in_a_row_over_two_sign_ins_make_every_one_wait()
    {
        using var bank = await Laptop.RelyingPartyAsync("bank");
        var wrong = "";
        for (var text = 2; text <= 3; text++)
        {
            var id = (await bank.ChallengeAsync(User.Id))["id"];
            wrong = Failures.Wrong(await Phone.CodeAsync(text));
            for (var tries = 1; tries <= 5; tries++)
            {
                BadInput.AssertProblem(await bank.VerifyAsync(id, wrong), 422, "wrong-code");
            }

            _time.Advance(text == 2 ? TimeSpan.FromSeconds(30) : TimeSpan.Zero);
        }

        var waits = await _shop.ChallengeAsync(User.Id);
        BadInput.AssertProblem(waits, 429, "too-many-failures");
        Assert.Equal(30, waits.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        _time.Advance(TimeSpan.FromSeconds(30));
        var next = (await _shop.ChallengeAsync(User.Id))["id"];
        BadInput.AssertProblem(await _shop.VerifyAsync(next, wrong), 422, "wrong-code");
        // The right one too, until the wait is over.
        var code = await Phone.CodeAsync(4);
        BadInput.AssertProblem(await _shop.VerifyAsync(next, code), 429, "too-many-failures");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("verified", (await _shop.VerifyAsync(next, code))["state"]);
    }

    private static string Sorted(JsonObject claims) => string.Join(Environment.NewLine, claims.Select(c => $"{c.Key} {c.Value?.ToJsonString()}").Order(StringComparer.Ordinal));

    private Person InSession(string session) => new(Laptop.Url, TokenSigner.Sign(
        Laptop, _time.GetUtcNow().AddMinutes(30), ("tid", "contoso"), ("sub", User.Id), ("oid", User.Id), ("azp", "front-end"), ("scp", "user_impersonation"), ("sid", session)));
}
