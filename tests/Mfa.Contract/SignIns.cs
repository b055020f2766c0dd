using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Every way signs in through real HTTP.</summary>
public class SignIns(SignInLaptop shared) : SignInTest(shared)
{
    private static JsonObject Payment(string how, string? culture = null) => new()
    {
        ["how"] = how,
        ["culture"] = culture,
        ["application"] = "The shop",
        ["nonce"] = "n-1",
        ["context"] = new JsonObject
        {
            ["title"] = "Pay",
            ["details"] = new JsonArray(new JsonObject { ["label"] = "amount", ["value"] = "€ 50" }, new JsonObject { ["label"] = "to", ["value"] = "\"Bob\" \\ Co" }),
        },
    };

    // base64url(SHA-256) of its canonical form (RFC 8785), written out by hand.
    private static string Ctx => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(System.Security.Cryptography.SHA256.HashData(
        """{"details":[{"label":"amount","value":"€ 50"},{"label":"to","value":"\"Bob\" \\ Co"}],"title":"Pay"}"""u8.ToArray()));

    [Fact]
    public async Task A_text_signs_in_by_typing_its_code()
    {
        var opened = await ChallengeAsync();
        Assert.Equal($"/api/v1/challenges/{opened["id"]}", opened.Raw.Headers.Location?.ToString());
        Assert.Equal(("open", User.Id, "authenticationPhone", "text"), (opened["state"], opened["user"], opened["method"], opened["how"]));
        Assert.Equal(("waiting", "1", "3"), (opened["verification.state"], opened["verification.attempt"], opened["verification.attempts"]));
        var method = Assert.Single(opened.Body!["methods"]!.AsArray())!;
        Assert.Equal((opened["methodId"], """["text","call"]"""), (method["id"]!.ToString(), method["hows"]!.ToJsonString()));
        Assert.EndsWith("••" + Phone.Number[^2..], method["label"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(opened.Text("assertion"));

        var code = await CodeAsync();
        Assert.EndsWith($"{code}. Type it on the page, or reply to this text with it.", await TextAsync(), StringComparison.Ordinal);
        var verified = await Shop.VerifyAsync(opened["id"], code[..3] + " " + code[3..]);
        Assert.Equal((200, "verified", "method", "verified"), (verified.Status, verified["state"], verified["by"], verified["verification.state"]));
        Assert.Equal(["mfa", "sms"], new JsonWebToken(verified["assertion"]).Claims.Where(c => c.Type == "amr").Select(c => c.Value));
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], code))["state"]);
        BadInput.AssertProblem(await Shop.VerifyAsync(opened["id"], Failures.Wrong(code)), 410, "verification-over");
        BadInput.AssertProblem(await Shop.ContactAsync(opened["id"]), 410, "challenge-over");
    }

    [Fact]
    public async Task A_text_in_Dutch_says_what_is_agreed_to_and_signs_in_by_a_reply()
    {
        var id = (await ChallengeAsync(Payment("text", "nl-NL")))["id"];
        var code = await CodeAsync();
        Assert.Contains("vraagt uw akkoord voor: Pay: amount € 50, to \"Bob\" \\ Co.", await TextAsync(), StringComparison.Ordinal);
        Assert.Contains($"uw verificatiecode is {code}.", await TextAsync(), StringComparison.Ordinal);
        await Phone.TextAsync(Laptop.Sender, $"{code} dank u");
        var verified = await Shop.WaitForStateAsync(id, "verified");
        var assertion = new JsonWebToken(verified["assertion"]);
        Assert.Equal((Ctx, "n-1", "shop"), (assertion.GetClaim("ctx").Value, assertion.GetClaim("nonce").Value, assertion.Audiences.Single()));
    }

    [Fact]
    public async Task A_reply_with_the_digits_signs_in_and_one_without_them_does_nothing()
    {
        var opened = await ChallengeAsync(Payment("text"), ShopOfDigits);
        var code = await CodeAsync();
        var text = await TextAsync();
        Assert.Contains("asks you to agree to this: Pay: amount € 50", text, StringComparison.Ordinal);
        Assert.Contains("reply to this text with it and the two digits on your screen.", text, StringComparison.Ordinal);
        // The last line is what a browser reads (W3C's origin-bound one-time codes).
        Assert.Equal($"@{SignInLaptop.WebOtpHost} #{code}", text.Split('\n')[^1]);
        Assert.Equal(opened["number"], opened["verification.number"]);

        await Phone.TextAsync(Laptop.Sender, code);
        await Phone.TextAsync(Laptop.Sender, $"{code} {opened["number"]}");
        var verified = await ShopOfDigits.WaitForStateAsync(opened["id"], "verified");
        Assert.Null(verified.Text("number"));
    }

    [Fact]
    public async Task A_reply_with_other_digits_denies()
    {
        var opened = await ChallengeAsync(By("text"), ShopOfDigits);
        await Phone.TextAsync(Laptop.Sender, $"{await CodeAsync()} {OtherDigits(opened)}");
        await AssertDeniedAsync(opened["id"]);
        BadInput.AssertProblem(await ShopOfDigits.VerifyAsync(opened["id"], await CodeAsync()), 410, "verification-over");
    }

    [Fact]
    public async Task A_call_says_what_is_agreed_to_and_signs_in_by_pound()
    {
        var id = (await ChallengeAsync(Payment("call")))["id"];
        await PressAsync("#", after: "asks you to agree to this: Pay: amount € 50, to \"Bob\" \\ Co. Hello.");
        var verified = await Shop.WaitForStateAsync(id, "verified");
        var assertion = new JsonWebToken(verified["assertion"]);
        Assert.Equal((Ctx, "tel"), (assertion.GetClaim("ctx").Value, assertion.Claims.Last(c => c.Type == "amr").Value));
        await Phone.SaysAsync("You are verified");
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task A_call_in_Dutch_signs_in_by_the_digits_on_the_screen()
    {
        var opened = await ChallengeAsync(Payment("call", "nl-NL"), ShopOfDigits);
        await PressAsync($"{opened["number"]}#", after: "akkoord voor: Pay");
        await ShopOfDigits.WaitForStateAsync(opened["id"], "verified");
        await Phone.SaysAsync("U bent geverifieerd");
    }

    [Fact]
    public async Task A_call_with_other_digits_denies()
    {
        var opened = await ChallengeAsync(By("call"), ShopOfDigits);
        await PressAsync($"{OtherDigits(opened)}#", after: "the two digits");
        await AssertDeniedAsync(opened["id"]);
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task The_office_phone_signs_in_by_a_call()
    {
        using var alice = await Laptop.SignInAsync("alice");
        using var desk = new Handset(Laptop.Network, "+14255550143");
        var enrolled = (await alice.PostAsync("me/enrollments", new JsonObject { ["method"] = "officePhone" }))["id"];
        Assert.Equal(202, (await alice.ContactAsync(enrolled)).Status);
        await desk.AnswerAsync();
        await desk.PressAsync("#");
        await alice.WaitForStateAsync(enrolled, "verified");
        await Laptop.RestsAsync(User, enrolled);
        await desk.EndsAsync();

        var opened = await Shop.ChallengeAsync("alice");
        Assert.Equal((201, "officePhone", "call"), (opened.Status, opened.Text("method"), opened.Text("how")));
        await desk.AnswerAsync();
        await desk.SaysAsync("press the pound key");
        await desk.PressAsync("#");
        await Shop.WaitForStateAsync(opened["id"], "verified");
    }

    [Fact]
    public async Task An_authenticator_signs_in_by_its_code_once_and_in_one_call_too()
    {
        var (app, _) = await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync(By("code"));
        Assert.Equal(("mobileApp", "code"), (opened["method"], opened["how"]));
        Assert.Null(opened.Text("verification"));
        var code = await app.CodeAsync(steps: 1);
        var verified = await Shop.VerifyAsync(opened["id"], code);
        Assert.Equal("verified", verified["state"]);
        Assert.Equal("otp", new JsonWebToken(verified["assertion"]).Claims.Last(c => c.Type == "amr").Value);
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], code))["state"]);

        // It has served.
        var again = (await ChallengeAsync(By("code")))["id"];
        BadInput.AssertProblem(await Shop.VerifyAsync(again, code), 422, "wrong-code");
        var now = await Shop.VerifyNowAsync(User.Id, code);
        Assert.Equal((200, "false", null), (now.Status, now["valid"], now.Text("assertion")));
        // Of codes; that an authenticator was added is told beside it.
        Assert.Single(await Phone.CodedAsync());
    }

    [Fact]
    public async Task One_call_tells_whether_a_code_is_right()
    {
        var (app, _) = await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        var code = await app.CodeAsync(steps: 1);
        Assert.Equal("false", (await Shop.VerifyNowAsync(User.Id, Failures.Wrong(code)))["valid"]);
        var right = await Shop.VerifyNowAsync(User.Id, code);
        Assert.Equal((200, "true", User.Id), (right.Status, right["valid"], new JsonWebToken(right["assertion"]).Subject));
        Assert.Equal("false", (await Shop.VerifyNowAsync(User.Id, code))["valid"]);
    }

    private static string OtherDigits(Reply opened) => $"{10 + ((int.Parse(opened["number"], System.Globalization.CultureInfo.InvariantCulture) - 9) % 90)}";

    private async Task AssertDeniedAsync(string id)
    {
        var denied = await ShopOfDigits.WaitForStateAsync(id, "denied");
        Assert.Equal(("wrong-number", "denied"), (denied["reason"], denied["verification.state"]));
        Assert.Null(denied.Text("assertion"));
    }
}
