using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// One account that tries to make the service send as much as it can, in every way that the contract has, for a day: what reaches the phones
/// is what the policy allows, and not one more. The time is the test's; the texts and calls are counted where they come out.
/// </summary>
public sealed class SendLoops(Storage storage) : SendLoopTest(storage)
{
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_redial = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("resend")]
    [InlineData("key")]
    [InlineData("anew")]
    [InlineData("fail")]
    [InlineData("way")]
    public async Task A_stranger_sends_three_an_hour_and_six_a_day_to_one_number_thirty_seconds_apart(string trick)
    {
        var sent = new List<DateTimeOffset>();
        string? id = null;
        for (var end = Now.AddDays(1); Now < end;)
        {
            using var user = await SignedInAsync(Name);
            var before = Sent(Phone);
            (var answer, id) = await TryAsync(user, trick, id, sent.Count);
            if (Sent(Phone) > before)
            {
                Assert.Equal((202, before + 1), (answer.Status, Sent(Phone)));
                sent.Add(Now);
            }

            // As soon as it makes sense, and not a second later.
            Advance(answer.Status == 429 ? answer.Raw.Headers.RetryAfter!.Delta!.Value : s_apart);
        }

        Assert.Equal(6, sent.Count);
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.True(pair.Second - pair.First >= s_apart));
        Assert.All(sent.Zip(sent.Skip(3)), four => Assert.True(four.Second - four.First >= TimeSpan.FromHours(1)));
        Assert.Equal(trick == "way" ? 3 : 6, (await Phone.TextsAsync()).Count);
        Assert.Equal(trick == "way" ? 3 : 0, Calls(Phone));
    }

    [Fact]
    public async Task An_account_that_proves_nothing_sends_ten_a_day_to_three_numbers()
    {
        Handset[] phones = [Phone, Laptop.NewPhone(), Laptop.NewPhone(), Laptop.NewPhone()];
        var refusals = new HashSet<string?>();
        for (var hour = 0; hour < 24; hour += 4)
        {
            foreach (var phone in phones)
            {
                using var user = await SignedInAsync(Name);
                var opened = await user.EnrollPhoneAsync(phone.Number);
                refusals.Add(opened.Code);
                for (var send = 1; opened.Status == 201 && send <= 4; send++)
                {
                    refusals.Add((await ResendAsync(user, opened["id"])).Code);
                    Advance(s_apart);
                }
            }

            Advance(TimeSpan.FromHours(hour + 4) - Now.TimeOfDay);
        }

        Assert.Equal([4, 3, 3, 0], phones.Select(Sent));
        Assert.Equal([4, 3, 3, 0], await ReceivedAsync(phones));
        Assert.Equal([null, "limit", "numbers-limit", "sends-limit"], refusals.Order());
    }

    [Fact]
    public async Task An_account_that_proves_all_it_sends_to_sends_twenty_a_day_and_ten_to_one_number()
    {
        Advance(new TimeSpan(23, 49, 30));
        Handset[] phones = [Phone, Laptop.NewPhone(), Laptop.NewPhone()];
        using var user = await SignedInAsync(Name);
        string? assertion = null;

        // Proves each until it gets no more, with the proof before as its second step.
        async Task<string?> ProveAsync(Handset phone)
        {
            while (true)
            {
                var opened = await user.EnrollPhoneAsync(phone.Number, headers: assertion is null ? [] : [("Mfa-Assertion", assertion)]);
                var contacted = await user.ContactAsync(opened["id"]);
                if (contacted.Status != 202)
                {
                    return contacted.Code;
                }

                assertion = (await user.VerifyAsync(opened["id"], await phone.CodeAsync()))["assertion"];
                Advance(s_apart);
            }
        }

        Assert.Equal(["number-limit", "sends-limit", "sends-limit"], [await ProveAsync(phones[0]), await ProveAsync(phones[1]), await ProveAsync(phones[2])]);
        Assert.Equal([10, 10, 0], phones.Select(Sent));

        // The account's day is over, and the numbers' are not.
        Assert.InRange(TimeSpan.FromDays(1) - Now.TimeOfDay, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Advance(TimeSpan.FromDays(1) - Now.TimeOfDay);
        Assert.Equal(["number-limit", "number-limit", "number-limit"], [await ProveAsync(phones[0]), await ProveAsync(phones[1]), await ProveAsync(phones[2])]);
        Assert.Equal([10, 10, 10], phones.Select(Sent));
        Assert.Equal([10, 10, 10], await ReceivedAsync(phones));
    }

    [Theory]
    // Each of the six contacts calls three times by itself.
    [InlineData(false, 18)]
    // Who asks for the next call at once asks for a send: ten a day, and the last contact goes on by itself.
    [InlineData(true, 12)]
    public async Task A_number_that_declines_is_called_three_times_a_contact(bool resend, int calls)
    {
        await Phone.HabitAsync(calls: "decline");
        var contacts = 0;
        for (var end = Now.AddDays(1); Now < end;)
        {
            using var user = await SignedInAsync(Name);
            var id = (await user.EnrollPhoneAsync(Phone.Number, "call"))["id"];
            var contacted = await user.ContactAsync(id);
            if (contacted.Status == 202)
            {
                contacts++;
                await DeclineAsync(user, id, resend);
                Assert.Equal(3 * contacts, Calls(Phone));
            }

            Advance(contacted.Status == 429 ? contacted.Raw.Headers.RetryAfter!.Delta!.Value : s_apart);
        }

        Assert.Equal((calls, calls / 3), (Calls(Phone), contacts));
        Assert.Empty(await Phone.TextsAsync());
    }

    [Fact]
    public async Task A_number_that_wants_no_texts_gets_none_and_nobody_contacts_it_more_than_sixty_times()
    {
        await Phone.TextAsync(Laptop.Sender, "STOP");
        await Handset.UntilAsync(
            async () =>
            {
                using var other = await SignedInAsync(Person.NewName());
                return (await other.ContactAsync((await other.EnrollPhoneAsync(Phone.Number))["id"])).Text("verification.reason");
            },
            reason => reason == "opted-out",
            "opted-out number");
        var before = Texts(Phone);

        using var user = await SignedInAsync(Name);
        var id = (await user.EnrollPhoneAsync(Phone.Number))["id"];
        for (var contact = 1; contact <= 60; contact++)
        {
            var answer = await user.ContactAsync(id, new() { ["resend"] = true }, ("Idempotency-Key", $"contact-{contact}"));
            Assert.Equal((202, "failed"), (answer.Status, answer["verification.state"]));
        }

        BadInput.AssertProblem(await user.ContactAsync(id), 429, "contacts-limit");
        BadInput.AssertProblem(await user.ContactAsync(id, new() { ["how"] = "call" }), 429, "contacts-limit");
        Assert.Equal((before, 0), (Texts(Phone), Calls(Phone)));
        Assert.Equal(before, (await Phone.TextsAsync()).Count);

        // What was not sent was no send.
        var rows = new TableClient(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + "accounts");
        var row = (await rows.GetEntityAsync<TableEntity>(id[..26], $"account-{id[..26]}")).Value;
        Assert.Contains("\"contacts\":60,\"sends\":0,", row.GetString("Payload"), StringComparison.Ordinal);
    }

    private static Task<Reply> ResendAsync(Person user, string id) => user.ContactAsync(id, new() { ["resend"] = true });

    // One try to have something sent, on the enrollment that is open, or on a new one.
    private async Task<(Reply Answer, string? Id)> TryAsync(Person user, string trick, string? id, int sent)
    {
        if (id is not null && trick == "anew")
        {
            await user.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}");
            id = null;
        }

        if (id is null)
        {
            var opened = await user.EnrollPhoneAsync(Phone.Number, headers: ("Idempotency-Key", $"open-{Now.Ticks}"));
            if (opened.Status != 201)
            {
                return (opened, null);
            }

            id = opened["id"];
        }

        var answer = await user.ContactAsync(
            id,
            new JsonObject { ["resend"] = trick is "resend" or "key" or "way", ["how"] = trick == "way" && sent % 2 == 1 ? "call" : "text" },
            trick == "key" ? [("Idempotency-Key", $"contact-{Now.Ticks}")] : []);
        for (var wrong = 1; trick == "fail" && answer.Status == 202 && wrong <= 5; wrong++)
        {
            // From the tenth on, the codes wait as the contacts do.
            Assert.Contains((await user.VerifyAsync(id, "000000")).Status, new[] { 422, 429 });
        }

        return (answer, answer.Status == 410 ? null : id);
    }

    private async Task DeclineAsync(Person user, string id, bool resend)
    {
        while (true)
        {
            var seen = await Handset.UntilAsync(() => user.SeeAsync(id), r => r.Text("verification.retryAt") is not null || r["verification.state"] == "failed", "declined call");
            if (seen["verification.state"] == "failed")
            {
                return;
            }

            if (!resend || (await ResendAsync(user, id)).Status != 202)
            {
                Advance(s_redial);
                await user.SeeAsync(id);
            }
        }
    }
}
