using Xunit;

namespace Mfa.Contract;

/// <summary>A hundred accounts that try to make the service send as much as it can to one number, for a day.</summary>
public sealed class SendLoopsOfMany(Storage storage) : SendLoopTest(storage)
{
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_hundred_strangers_send_five_an_hour_and_ten_a_day_to_one_number()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(_ => Person.NewName())];
        foreach (var (hour, sent) in new[] { (0, 5), (1, 10), (2, 10), (23, 10) })
        {
            Advance(TimeSpan.FromHours(hour) - Now.TimeOfDay);
            foreach (var name in names)
            {
                using var user = await SignedInAsync(name);
                var answer = await user.ContactAsync((await user.EnrollPhoneAsync(Phone.Number))["id"]);
                Assert.Contains((answer.Status, answer.Code), new[] { (202, null), (429, "number-limit") });
            }

            Assert.Equal((sent, 0), (Texts(Phone), Calls(Phone)));
        }

        Assert.Equal(10, (await Phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task A_hundred_accounts_that_prove_one_number_send_a_hundred_a_day_to_it_and_none_goes_further()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(_ => Person.NewName())];
        var last = "";
        foreach (var name in names)
        {
            using var user = await SignedInAsync(name);
            var id = (await user.EnrollPhoneAsync(Phone.Number))["id"];
            // What the one before took is given back after its answer.
            await Handset.UntilAsync(() => user.ContactAsync(id), a => a.Status == 202, "contact");
            last = (await user.VerifyAsync(id, await Phone.CodeAsync()))["assertion"];
        }

        Assert.Equal((100, 0), (Texts(Phone), Calls(Phone)));

        // Neither an owner, nor a stranger, nor by call.
        Advance(s_apart);
        using var owner = await SignedInAsync(names[^1]);
        var again = (await owner.EnrollPhoneAsync(Phone.Number, headers: ("Mfa-Assertion", last)))["id"];
        BadInput.AssertProblem(await owner.ContactAsync(again), 429, "number-limit");
        BadInput.AssertProblem(await owner.ContactAsync(again, new() { ["how"] = "call" }), 429, "number-limit");
        Advance(TimeSpan.FromDays(1) - s_apart - TimeSpan.FromSeconds(1));
        using var stranger = await SignedInAsync(Name);
        var first = (await stranger.EnrollPhoneAsync(Phone.Number))["id"];
        BadInput.AssertProblem(await stranger.ContactAsync(first), 429, "number-limit");
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await stranger.ContactAsync(first)).Status);
        Assert.Equal((101, 0), (Texts(Phone), Calls(Phone)));
    }
}
