using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Replies by text. A sender can be forged, so nobody may find a code by replying.</summary>
public class Replies(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    [Fact]
    public async Task After_300_wrong_replies_the_right_one_does_not_verify_and_typing_it_does()
    {
        var id = await ContactAsync();
        var code = await Phone.CodeAsync();
        var right = int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var guesses in Enumerable.Range(1, 300).Select(n => $"{(right + n) % 1_000_000:000000}").Chunk(100))
        {
            await ReplyAsync(guesses);
        }

        await ReplyAsync(code);
        Assert.Equal(("contacting", "waiting"), ((await User.SeeAsync(id)) is var seen ? (seen["state"], seen["verification.state"]) : default));
        var typed = await User.VerifyAsync(id, code);
        Assert.Equal((200, "verified"), (typed.Status, typed["state"]));
    }

    [Theory]
    [InlineData("once")]
    [InlineData("twice")]
    public async Task After_four_wrong_replies_the_right_one_verifies_however_often_each_is_told(string habit)
    {
        await Phone.HabitAsync(events: habit);
        var id = await ContactAsync();
        var code = await Phone.CodeAsync();
        for (var wrong = 1; wrong <= 4; wrong++)
        {
            await Phone.TextAsync(Laptop.Sender, Failures.Wrong(code));
        }

        await Phone.TextAsync(Laptop.Sender, code);
        await User.WaitForVerificationAsync(id, "verified");
    }

    [Fact]
    public async Task A_contact_that_the_number_wants_no_text_of_counts_as_no_send()
    {
        await ReplyAsync("STOP");
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        Assert.Equal("opted-out", (await User.ContactAsync(id))["verification.reason"]);
        var today = (await AccountAsync()).Today;
        Assert.Equal((1, 0, 0), (today.Contacts, today.Sends, today.UnprovedSends));

        await ReplyAsync("START");
        Assert.Equal("waiting", (await User.ContactAsync(id))["verification.state"]);
        today = (await AccountAsync()).Today;
        Assert.Equal((2, 1, 1), (today.Contacts, today.Sends, today.UnprovedSends));
    }

    /// <summary>Replies as the carrier posts them, so that all are dealt with when this returns.</summary>
    protected virtual async Task ReplyAsync(params string[] bodies)
    {
        var events = new JsonArray([.. bodies.Select(body => new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["topic"] = "t",
            ["subject"] = "s",
            ["eventType"] = "Microsoft.Communication.SMSReceived",
            ["dataVersion"] = "1.0",
            ["eventTime"] = "2026-01-01T00:00:00Z",
            ["data"] = new JsonObject { ["messageId"] = "m", ["from"] = Phone.Number[1..], ["to"] = Laptop.Sender[1..], ["message"] = body },
        })]);
        using var http = new HttpClient();
        using var content = new StringContent(events.ToJsonString(), Encoding.UTF8, "application/json");
        content.Headers.Add("X-Mfa-Events-Secret", Laptop.Settings["Carrier:TextEventsSecrets"]);
        Assert.Equal(200, (int)(await http.PostAsync(Laptop.Url + "/callbacks/texts", content)).StatusCode);
    }
}
