using Xunit;

namespace Mfa.Contract;

/// <summary>Texts that do not verify.</summary>
public class TextFailures(Storage storage) : Failures(storage)
{
    [Fact]
    public async Task The_fifth_wrong_code_ends_it_and_the_right_one_comes_too_late()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            var answer = await User.VerifyAsync(id, Wrong(code));
            Assert.Equal((422, "wrong-code", $"{5 - wrong}"), (answer.Status, answer.Code, answer["triesLeft"]));
        }

        await AssertEndsAsync(id, "failed", "too-many-codes");
        var late = await User.VerifyAsync(id, code);
        Assert.Equal((410, "verification-over"), (late.Status, late.Code));
        Assert.Equal("readyToContact", (await User.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task The_right_code_again_is_right_again_and_a_wrong_one_is_over()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        Assert.Equal(200, (await User.VerifyAsync(id, code)).Status);
        Assert.Equal((200, "verified"), ((await User.VerifyAsync(id, code)).Status, (await User.VerifyAsync(id, code))["state"]));
        Assert.Equal(410, (await User.VerifyAsync(id, Wrong(code))).Status);
    }

    [Fact]
    public async Task Whoever_guesses_at_a_verified_one_has_five_tries_and_gets_no_assertion()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        Assert.NotNull((await User.VerifyAsync(id, code)).Text("assertion"));
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            BadInput.AssertProblem(await User.VerifyAsync(id, Wrong(code)), 410, "verification-over");
        }

        var late = await User.VerifyAsync(id, code);
        BadInput.AssertProblem(late, 410, "verification-over");
        Assert.Null(late.Text("assertion"));
    }

    [Fact]
    public async Task A_reply_from_another_number_or_with_a_wrong_code_is_nobodys_failure()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        await Laptop.NewPhone().TextAsync(Laptop.Sender, code);
        await Phone.TextAsync(Laptop.Sender, Wrong(code));
        await Phone.TextAsync(Laptop.Sender, "hello?");

        // The phone's texts arrive in order: once the right one has verified, the others had their chance.
        await Phone.TextAsync(Laptop.Sender, code);
        var verified = await User.WaitForVerificationAsync(id, "verified");
        Assert.Equal("verified", verified["state"]);
    }

    [Fact]
    public async Task A_doubled_reply_verifies_once_and_a_late_one_changes_nothing()
    {
        await Phone.HabitAsync(events: "twice");
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        await Phone.TextAsync(Laptop.Sender, code);
        var verified = await User.WaitForVerificationAsync(id, "verified");
        await Phone.TextAsync(Laptop.Sender, code);
        await QuietAsync(id);
        Assert.Equal(verified["methodId"], (await User.SeeAsync(id))["methodId"]);
        Assert.Single((await User.GetAsync("me")).Body!["methods"]!.AsArray());
    }

    [Fact]
    public async Task Stop_fails_the_next_text_and_offers_a_call_until_start()
    {
        await Phone.TextAsync(Laptop.Sender, "STOP");
        var enrollment = await User.EnrollPhoneAsync(Phone.Number);
        var contacted = await Handset.UntilAsync(() => User.ContactAsync(enrollment["id"], new() { ["resend"] = true }), r => r.Text("verification.reason") == "opted-out" || r.Status == 429, "opted out");
        Assert.Equal(("readyToContact", "failed", "opted-out", "call"), (contacted["state"], contacted["verification.state"], contacted["verification.reason"], contacted["verification.offer"]));

        Assert.Equal(202, (await User.ContactAsync(enrollment["id"], new() { ["how"] = "call" })).Status);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await User.WaitForVerificationAsync(enrollment["id"], "verified");

        await Phone.TextAsync(Laptop.Sender, "start");
        using var other = await Laptop.SignInAsync();
        var again = (await other.EnrollPhoneAsync(Phone.Number))["id"];
        await Handset.UntilAsync(() => other.ContactAsync(again), r => r.Text("verification.state") == "waiting", "a text after START");
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("fail")]
    public async Task A_number_that_can_not_be_reached_fails_it(string habit)
    {
        await Phone.HabitAsync(texts: habit);
        var enrollment = await User.EnrollPhoneAsync(Phone.Number);
        await User.ContactAsync(enrollment["id"]);
        await AssertEndsAsync(enrollment["id"], "failed", "undeliverable");
        Assert.Empty(await Phone.TextsAsync());
    }
}
