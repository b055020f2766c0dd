using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>An authenticator that gets notifications: set up, and signed in with.</summary>
public sealed class Devices(SignInLaptop shared) : SignInTest(shared), IDisposable
{
    private DeviceApp? _app;

    private DeviceApp App => _app ??= new(Laptop.Url);

    public void Dispose() => _app?.Dispose();

    [Fact]
    public async Task Is_activated_by_the_qr_code_and_set_up_by_a_notification()
    {
        using var user = await Laptop.SignInAsync();
        var opened = await user.EnrollDeviceAsync();
        Assert.Equal((201, "awaitingActivation", "notification"), (opened.Status, opened["state"], opened["mode"]));
        Assert.Matches("^[A-Z2-7]{4}-[A-Z2-7]{4}$", opened["activation.code"]);
        Assert.Null(opened.Text("activation.secretKey"));
        BadInput.AssertProblem(await user.ContactAsync(opened["id"]), 409, "not-activated");

        var waiting = user.WaitAsync(opened["id"], 20, opened["version"]);
        var activated = await App.ActivateAsync(opened);
        Assert.Equal((201, "SHA1", "6", "30", "false"), (activated.Status, activated["totp.algorithm"], activated["totp.digits"], activated["totp.period"], activated["pinRequired"]));
        Assert.Equal(opened["activation.accountName"], activated["accountName"]);
        Assert.EndsWith("@contoso.example", activated["accountName"], StringComparison.Ordinal);
        var seen = await waiting;
        Assert.Equal(("readyToContact", "Pixel 9", "Android 16"), (seen["state"], seen["activation.device.name"], seen["activation.device.platform"]));
        Assert.Null(seen.Text("activation.code"));
        Assert.Null(seen.Text("activation.qrContent"));

        var contacted = await user.ContactAsync(opened["id"]);
        Assert.Equal((202, "notification"), (contacted.Status, contacted["verification.how"]));
        Assert.Matches("^[1-9][0-9]$", contacted["verification.number"]);
        var request = await App.RequestAsync();
        Assert.Equal(activated["accountName"], request["account"]!.ToString());
        Assert.Equal(("enrollment", "number", "2"), (request["purpose"]!.ToString(), request["match"]!.ToString(), request["digits"]!.ToString()));
        Assert.DoesNotContain(contacted["verification.number"], request["id"]!.ToString()[^2..], StringComparison.Ordinal);
        Assert.Null(request["number"]);
        var answered = await App.AnswerAsync(request, "authenticate", contacted["verification.number"]);
        Assert.Equal((200, "verified"), (answered.Status, answered["state"]));
        Assert.Equal((200, "verified"), (await App.AnswerAsync(request, "authenticate", contacted["verification.number"])) is var again ? (again.Status, again["state"]) : default);
        BadInput.AssertProblem(await App.AnswerAsync(request, "deny"), 410, "request-over");

        var me = (await user.GetAsync("me")).Body!;
        var method = me["methods"]!.AsArray().Single()!;
        Assert.Equal(("mobileApp", "notification", "Pixel 9", """["notification","code"]"""), (method["method"]!.ToString(), method["how"]!.ToString(), method["device"]!["name"]!.ToString(), method["hows"]!.ToJsonString()));
        Assert.Equal(App.Id, method["id"]!.ToString());
        Assert.Equal(["mfa", "swk"], new JsonWebToken((await user.SeeAsync(opened["id"]))["assertion"]).GetPayloadValue<string[]>("amr"));
        Assert.Empty((await App.RequestsAsync()).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Is_activated_by_the_typed_code_and_only_by_the_first_that_has_it()
    {
        using var user = await Laptop.SignInAsync();
        var opened = await user.EnrollDeviceAsync();
        var code = opened["activation.code"];
        using var other = new DeviceApp(Laptop.Url);
        BadInput.AssertProblem(await other.ActivateAsync(opened["id"], "AAAA-AAAA"), 422, "wrong-code");
        Assert.Equal(201, (await App.ActivateAsync(opened["id"], code.ToLowerInvariant().Replace('-', ' '))).Status);
        // The answer was lost.
        var again = await App.ActivateAsync(opened["id"], code);
        Assert.Equal(201, again.Status);
        BadInput.AssertProblem(await other.ActivateAsync(opened["id"], code), 410, "activation-over");
        BadInput.AssertProblem(await App.ActivateAsync(opened["id"], "AAAA-AAAA"), 410, "activation-over");
    }

    [Fact]
    public async Task Five_wrong_codes_end_that_enrollment_and_no_other()
    {
        using var user = await Laptop.SignInAsync();
        using var neighbour = await Laptop.SignInAsync();
        var (opened, beside) = (await user.EnrollDeviceAsync(), await neighbour.EnrollDeviceAsync());
        for (var left = 4; left >= 0; left--)
        {
            var wrong = await App.ActivateAsync(opened["id"], "AAAA-AAAA");
            Assert.Equal((422, $"{left}"), (wrong.Status, wrong["triesLeft"]));
        }

        BadInput.AssertProblem(await App.ActivateAsync(opened["id"], opened["activation.code"]), 410, "activation-over");
        Assert.Equal(("failed", "activation-failed"), (await user.SeeAsync(opened["id"])) is var seen ? (seen["state"], seen["reason"]) : default);
        Assert.Equal(201, (await App.ActivateAsync(beside)).Status);
    }

    [Fact]
    public async Task Signs_in_by_the_number_on_the_screen_and_shows_what_is_agreed_to()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync(new JsonObject
        {
            ["methodId"] = App.Id,
            ["application"] = "Bank of \"Ö\"",
            ["place"] = "Utrecht",
            ["ip"] = "192.0.2.7",
            ["context"] = new JsonObject { ["title"] = "Pay", ["details"] = new JsonArray(new JsonObject { ["label"] = "to", ["value"] = "Bob \\ Co." }) },
        });
        Assert.Equal(("notification", App.Id), (opened["how"], opened["methodId"]));
        var request = await App.RequestAsync();
        Assert.Equal(("challenge", "Bank of \"Ö\"", "Utrecht", "192.0.2.7", "Pay", "Bob \\ Co."), (
            request["purpose"]!.ToString(), request["application"]!.ToString(), request["place"]!.ToString(), request["ip"]!.ToString(),
            request["context"]!["title"]!.ToString(), request["context"]!["details"]![0]!["value"]!.ToString()));
        Assert.Equal("verified", (await App.AnswerAsync(request, "authenticate", opened["number"]))["state"]);
        var verified = await Shop.SeeAsync(opened["id"]);
        Assert.Equal(("verified", "method"), (verified["state"], verified["by"]));
        var token = new JsonWebToken(verified["assertion"]);
        Assert.Equal(["mfa", "swk"], token.GetPayloadValue<string[]>("amr"));
        Assert.Equal(43, token.GetPayloadValue<string>("ctx").Length);
    }

    [Theory]
    [InlineData("deny", null, "denied", null)]
    [InlineData("authenticate", "wrong", "denied", "wrong-number")]
    [InlineData("fraud", null, "denied", "fraud-reported")]
    public async Task Says_no(string decision, string? number, string state, string? reason)
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync(By("notification"));
        var request = await App.RequestAsync();
        Assert.Equal(200, (await App.AnswerAsync(request, decision, number is null ? null : opened["number"] == "55" ? "56" : "55")).Status);
        var denied = await Shop.SeeAsync(opened["id"]);
        Assert.Equal((state, reason), (denied["state"], denied.Text("reason")));
        BadInput.AssertProblem(await App.AnswerAsync(request, "authenticate", opened["number"]), 410, "request-over");
        if (decision == "fraud")
        {
            // Whoever signs in has the password: nobody does, until an admin has looked.
            BadInput.AssertProblem(await Shop.ChallengeAsync(User.Id), 403, "blocked");
        }
    }

    [Fact]
    public async Task A_code_of_it_works_without_a_network()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync(new() { ["methodId"] = App.Id });
        var code = await new Authenticator(App.Enrollment, App.Secret).CodeAsync();
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], code))["state"]);
        // What it was asked is asked no more.
        Assert.Empty((await App.RequestsAsync()).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Of_two_the_first_answer_wins_and_the_other_is_told()
    {
        var first = await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        using var second = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(second, ("Mfa-Assertion", first["assertion"]));
        var opened = await ChallengeAsync(By("notification"));
        var (here, there) = (await App.RequestAsync(), await second.RequestAsync());
        Assert.Equal(here.ToJsonString(), there.ToJsonString());
        var waiting = second.RequestsAsync($"?wait=20&seen={(await second.RequestsAsync())["version"]}");
        Assert.Equal("verified", (await App.AnswerAsync(here, "authenticate", opened["number"]))["state"]);
        Assert.Empty((await waiting).Body!["items"]!.AsArray());
        BadInput.AssertProblem(await second.AnswerAsync(there, "authenticate", opened["number"]), 410, "request-over");
    }

    [Fact]
    public async Task Three_that_nobody_answers_stop_the_notifications_and_no_other_way()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add((await ChallengeAsync(By("notification")))["number"]);
        }

        Assert.Equal(3, (await App.RequestsAsync()).Body!["items"]!.AsArray().Count);
        var refused = await Shop.ChallengeAsync(User.Id, By("notification"));
        BadInput.AssertProblem(refused, 429, "notifications-wait");
        Assert.InRange(refused.Raw.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 9, 10);
        Assert.Equal("text", (await ChallengeAsync())["how"]);
        // A "no" makes no room for the next one; what is agreed to does.
        Assert.Equal("denied", (await App.AnswerAsync(await App.RequestAsync(), "deny"))["state"]);
        BadInput.AssertProblem(await Shop.ChallengeAsync(User.Id, By("notification")), 429, "notifications-wait");
        Assert.Equal("verified", (await App.AnswerAsync(await App.RequestAsync(), "authenticate", numbers[1]))["state"]);
        await ChallengeAsync(By("notification"));
    }

    [Fact]
    public async Task Whose_only_method_is_a_device_goes_on_by_its_codes_while_notifications_wait()
    {
        using var user = await Laptop.SignInAsync();
        await user.SetUpDeviceAsync(App);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("notification", (await Shop.ChallengeAsync(user.Id))["how"]);
        }

        var opened = await Shop.ChallengeAsync(user.Id);
        Assert.Equal((201, "code"), (opened.Status, opened["how"]));
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], await new Authenticator(App.Enrollment, App.Secret).CodeAsync()))["state"]);
    }

    [Fact]
    public async Task One_that_was_removed_is_told_so_and_asked_nothing()
    {
        var verified = await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        await ChallengeAsync(By("notification"));
        var request = await App.RequestAsync();
        var waiting = App.RequestsAsync($"?wait=20&seen={(await App.RequestsAsync())["version"]}");
        Assert.Equal(App.Id, (await User.GetAsync("me/devices")).Body!["items"]!.AsArray().Single()!["id"]!.ToString());
        Assert.Equal(204, (await User.SendAsync(HttpMethod.Delete, $"me/devices/{App.Id}", null, ("Mfa-Assertion", verified["assertion"]))).Status);
        BadInput.AssertProblem(await waiting, 410, "device-removed");
        BadInput.AssertProblem(await App.RequestsAsync(), 410, "device-removed");
        BadInput.AssertProblem(await App.AnswerAsync(request, "authenticate", "10"), 410, "device-removed");
        Assert.Empty((await User.GetAsync("me/devices")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Takes_another_name_and_gives_itself_up()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        Assert.Equal(204, (await App.SendAsync(HttpMethod.Patch, "", new() { ["name"] = "Work phone" })).Status);
        Assert.Equal("Work phone", (await User.GetAsync("me/devices")).Body!["items"]![0]!["name"]!.ToString());
        BadInput.AssertProblem(await App.SendAsync(HttpMethod.Patch, "", new() { ["name"] = "evil\u202ename" }), 400, "invalid-request");
        Assert.Equal(204, (await App.SendAsync(HttpMethod.Delete, "")).Status);
        BadInput.AssertProblem(await App.RequestsAsync(), 410, "device-removed");
    }
}
