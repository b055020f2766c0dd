using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Which way a sign-in goes: another one at once, the next one where the first can't be had, or none at all.</summary>
public sealed class OtherWays(SignInLaptop shared) : SignInTest(shared)
{
    [Fact]
    public async Task From_a_text_to_a_call_to_an_authenticator_at_once()
    {
        var (app, _) = await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync();
        var (id, phone) = (opened["id"], opened["methodId"]);
        await CodeAsync();
        var called = await Shop.ContactAsync(id, By("call"));
        Assert.Equal((202, "call", $"{id}-2"), (called.Status, called["how"], called["verification.id"]));
        await Phone.RingsAsync();

        var authenticator = opened.Body!["methods"]!.AsArray().Single(m => m!["method"]!.ToString() == "mobileApp")!["id"]!.ToString();
        var typed = await Shop.ContactAsync(id, new JsonObject { ["methodId"] = authenticator });
        Assert.Equal((202, "code", "mobileApp"), (typed.Status, typed["how"], typed["method"]));
        Assert.Null(typed.Text("verification"));
        await Phone.EndsAsync();
        Assert.Equal("verified", (await Shop.VerifyAsync(id, await app.CodeAsync(steps: 1)))["state"]);
        Assert.NotEqual(authenticator, phone);
    }

    [Fact]
    public async Task An_authenticators_code_is_taken_while_the_phone_rings_and_ends_its_ringing()
    {
        var (app, _) = await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var id = (await ChallengeAsync(By("call")))["id"];
        await Phone.RingsAsync();
        Assert.Equal("verified", (await Shop.VerifyAsync(id, await app.CodeAsync(steps: 1)))["state"]);
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task To_another_phone_whose_code_alone_counts_from_then_on()
    {
        var other = Laptop.NewPhone();
        await Laptop.RestsAsync(User, (await User.SetUpAsync(other, ("Mfa-Assertion", Assertion)))["id"]);
        var opened = await ChallengeAsync();
        var first = await CodeAsync();
        var second = opened.Body!["methods"]!.AsArray()[1]!["id"]!.ToString();
        Assert.NotEqual(opened["methodId"], second);
        var contacted = await Shop.ContactAsync(opened["id"], new JsonObject { ["methodId"] = second });
        Assert.Equal((202, second), (contacted.Status, contacted["methodId"]));
        var code = await other.CodeAsync(2);
        BadInput.AssertProblem(await Shop.VerifyAsync(opened["id"], first == code ? Failures.Wrong(code) : first), 422, "wrong-code");
        await Phone.TextAsync(Laptop.Sender, first);
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], code))["state"]);
    }

    [Fact]
    public async Task Where_the_usual_phone_got_a_text_just_now_the_next_method_is_asked()
    {
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        await ChallengeAsync();
        await CodeAsync();
        var second = await ChallengeAsync();
        Assert.Equal(("mobileApp", "code"), (second["method"], second["how"]));
        Assert.Equal(2, (await Phone.CodedAsync()).Count);

        // Whoever asks for the phone itself is told to wait.
        var refused = await Shop.ChallengeAsync(User.Id, By("text"));
        BadInput.AssertProblem(refused, 429, "too-soon");
        Assert.InRange(refused.Raw.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
    }

    [Fact]
    public async Task Where_texts_and_calls_no_longer_go_the_next_method_is_asked()
    {
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var head = await Laptop.AddHeadAsync(settings: new() { ["Policy:AllowedRegions"] = "BE" });
        using var there = Shop.At(head.Url.ToString());
        var opened = await ChallengeAsync(party: there);
        Assert.Equal(("mobileApp", "code"), (opened["method"], opened["how"]));
        Assert.Equal("mobileApp", opened.Body!["methods"]!.AsArray().Single()!["method"]!.ToString());
    }

    [Fact]
    public async Task A_way_that_the_method_asked_by_does_not_have_is_found_at_another()
    {
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var authenticator = (await User.GetAsync("me")).Body!["methods"]!.AsArray().Single(m => m!["method"]!.ToString() == "mobileApp")!["id"]!.ToString();
        var preferred = await User.SendAsync(HttpMethod.Patch, "me", JsonContent.Create(new { preferred = new { methodId = authenticator, how = "code" } }), ("Mfa-Assertion", Assertion));
        Assert.Equal(200, preferred.Status);
        var opened = await ChallengeAsync();
        Assert.Equal("mobileApp", opened["method"]);
        var called = await Shop.ContactAsync(opened["id"], By("call"));
        Assert.Equal((202, "authenticationPhone", "call"), (called.Status, called["method"], called["how"]));
        await Phone.RingsAsync();
        BadInput.AssertProblem(await Shop.ContactAsync(opened["id"], By("notification")), 400, "invalid-request");
        // Who names the method means it.
        var unfit = await Shop.ContactAsync(opened["id"], new() { ["methodId"] = authenticator, ["how"] = "call" });
        BadInput.AssertProblem(unfit, 400, "invalid-request");
        Assert.Equal("call", (await ChallengeAsync(new() { ["how"] = "call", ["contact"] = false }))["how"]);
    }

    [Fact]
    public async Task Where_the_usual_phone_wants_no_texts_the_next_method_is_asked_and_the_phone_can_still_be_called()
    {
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        await Phone.TextAsync(Laptop.Sender, "STOP");
        var (numbers, key) = (Laptop.Head.Services.GetRequiredService<NumberRows>(), Laptop.Head.Services.GetRequiredService<RowNames>().NumberKey(Core.PhoneNumber.FromE164(Phone.Number)));
        await Handset.UntilAsync(() => numbers.ChangeAsync(key, r => (r, r.OptedOut), default), stopped => stopped, "STOP");
        var opened = await ChallengeAsync();
        Assert.Equal(("open", "mobileApp", "code"), (opened["state"], opened["method"], opened["how"]));
        Assert.Null(opened.Text("verification"));
        Assert.Equal("call", (await Shop.ContactAsync(opened["id"], By("call")))["how"]);
        await Phone.RingsAsync();

        // Whoever asks for the phone's texts hears why none comes.
        var asked = await ChallengeAsync(By("text"));
        Assert.Equal(("opted-out", "call"), (asked["verification.reason"], asked["verification.offer"]));
    }

    [Fact]
    public async Task After_a_fraud_report_the_sign_in_is_denied_and_the_next_goes_another_way()
    {
        var id = (await ChallengeAsync(By("call")))["id"];
        await PressAsync("0#");
        await Phone.SaysAsync("To confirm, press one");
        Assert.Equal("open", (await Shop.SeeAsync(id))["state"]);
        await Phone.PressAsync("1");
        var denied = await Shop.WaitForStateAsync(id, "denied");
        Assert.Equal(("denied", "fraudReported"), (denied["state"], denied["verification.state"]));
        await Phone.EndsAsync();

        var paused = await Shop.ChallengeAsync(User.Id);
        BadInput.AssertProblem(paused, 429, "method-paused");
        Assert.InRange(paused.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 50, 60);
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        Assert.Equal("mobileApp", (await ChallengeAsync())["method"]);
    }

    [Fact]
    public async Task Without_a_contact_nothing_is_sent_until_one_is_asked_for()
    {
        var opened = await ChallengeAsync(new() { ["contact"] = false });
        Assert.Equal(("open", "text"), (opened["state"], opened["how"]));
        Assert.Null(opened.Text("verification"));
        BadInput.AssertProblem(await Shop.VerifyAsync(opened["id"], "123456"), 409, "code-not-expected");
        Assert.Single(await Phone.TextsAsync());
        Assert.Equal(202, (await Shop.ContactAsync(opened["id"])).Status);
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], await CodeAsync()))["state"]);
    }

    [Fact]
    public async Task Who_needs_no_second_step_is_asked_for_none()
    {
        foreach (var (user, by) in new[] { (Person.NewName(), "not-required"), (await RequiredAsync(DateTimeOffset.UtcNow.AddDays(1)), "grace") })
        {
            var satisfied = await Shop.ChallengeAsync(user, new() { ["nonce"] = "n-2" });
            Assert.Equal((201, "satisfied", by), (satisfied.Status, satisfied["state"], satisfied["by"]));
            Assert.Empty(satisfied.Body!["methods"]!.AsArray());
            var assertion = new JsonWebToken(satisfied["assertion"]);
            Assert.Equal(("urn:mfa:not-required", "n-2", user), (assertion.GetClaim("acr").Value, assertion.GetClaim("nonce").Value, assertion.Subject));
            BadInput.AssertProblem(await Shop.ContactAsync(satisfied["id"]), 410, "challenge-over");
            BadInput.AssertProblem(await Shop.VerifyAsync(satisfied["id"], "123456"), 410, "verification-over");
            Assert.Equal("false", (await Shop.VerifyNowAsync(user, "123456"))["valid"]);
        }
    }

    [Fact]
    public async Task Who_has_to_set_something_up_first_is_sent_there()
    {
        foreach (var user in new[] { "bob", await RequiredAsync(DateTimeOffset.UtcNow.AddSeconds(-1)) })
        {
            var refused = await Shop.ChallengeAsync(user);
            BadInput.AssertProblem(refused, 409, "enrollment-required");
            Assert.StartsWith("http", refused["enrollUrl"], StringComparison.Ordinal);
            BadInput.AssertProblem(await Shop.VerifyNowAsync(user, "123456"), 409, "enrollment-required");
        }

        using var carol = await Laptop.SignInAsync("carol");
        BadInput.AssertProblem(await carol.PostAsync("me/challenges"), 409, "enrollment-required");
    }

    // What an admin does.
    private async Task<string> RequiredAsync(DateTimeOffset graceUntil)
    {
        var (rows, user) = (Laptop.Head.Services.GetRequiredService<AccountRows>(), Person.NewName());
        var stored = await rows.LoadAsync("contoso", user, default);
        Assert.NotNull(await rows.SaveAsync(stored, stored.Account with { Required = true, GraceUntil = graceUntil }, default));
        return user;
    }
}
