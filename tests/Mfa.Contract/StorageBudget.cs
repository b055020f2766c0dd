using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>What hot requests cost, counted on the wire. The clock does not run, so nobody else is counted.</summary>
public sealed class StorageBudget(Storage storage) : BudgetTest(storage)
{
    [Fact]
    public async Task Every_wrong_code_costs_one_read_and_one_batch_whichever_instance_gets_it()
    {
        var id = await ContactAsync("text");
        var wrong = Failures.Wrong(await Phone.CodeAsync());
        using var there = User.At((await Laptop.AddHeadAsync()).Url.ToString());
        // Each instance has the issuer's keys by then.
        Assert.Equal(200, (await there.GetAsync("countries")).Status);
        using var held = HoldNumbers();
        foreach (var user in new[] { User, User, there, User, there })
        {
            Forget();
            Assert.Equal(422, (await AnswerAsync(user.VerifyAsync(id, wrong))).Status);
            AssertCost(reads: 1, writes: 1, messages: 0);
            AssertBatch();
        }

        Assert.Equal("too-many-codes", (await User.SeeAsync(id))["verification.reason"]);
    }

    [Fact]
    public async Task An_authenticator_code_costs_one_read_and_one_batch()
    {
        var enrollment = await User.EnrollAppAsync();
        await User.ContactAsync(enrollment["id"]);
        var code = await AuthenticatorAsync(enrollment);
        Forget();
        Assert.Equal(200, (await User.VerifyAsync(enrollment["id"], code)).Status);
        AssertCost(reads: 1, writes: 1, messages: 0);
        AssertBatch();
    }

    [Fact]
    public async Task An_authenticator_costs_seven_requests_from_opening_to_verified_and_no_queue_at_all()
    {
        Forget();
        var enrollment = await User.EnrollAppAsync();
        await User.ContactAsync(enrollment["id"]);
        Assert.Equal("verified", (await User.VerifyAsync(enrollment["id"], await AuthenticatorAsync(enrollment)))["state"]);
        Assert.True(Laptop.Tables.Count(r => !Laptop.IsOfFeed(r)) <= 7, Paid(Laptop.Tables));
        AssertMessages(Laptop.Queues.Requests.Count, 0);
    }

    [Fact]
    public async Task A_waiting_get_looks_at_most_once_a_second_and_answers_a_change_at_once()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        var version = (await User.WaitForAsync(id, r => r["version"] == "3"))["version"];
        Laptop.Tables.Forget();
        var nothing = await User.GetAsync($"me/enrollments/{id}?wait=3&seen={version}");
        Assert.Equal(version, nothing["version"]);
        Assert.InRange(Laptop.Tables.Count(r => !r.IsWrite), 1, 4);

        // Within the same process the save itself tells those who wait: they look once more, and not a second later.
        Laptop.Tables.Forget();
        var waiting = User.GetAsync($"me/enrollments/{id}?wait=25&seen={version}");
        await Handset.UntilAsync(() => Task.FromResult(Laptop.Tables.Count(r => !r.IsWrite)), n => n >= 1, "the first look");
        await User.VerifyAsync(id, code);
        Assert.Equal("verified", (await waiting)["state"]);
        Assert.Equal(0, Laptop.Head.Services.GetRequiredService<Changes>().Count);
    }
}
