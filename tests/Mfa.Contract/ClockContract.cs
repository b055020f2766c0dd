using Azure.Data.Tables;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// What every clock does, with nobody asking: the head is a process, and what its clock did is seen on the phones and in the row.
/// Runs against the laptop's clock, and against another head's where MFA_TEST_HEAD names one.
/// </summary>
public sealed class ClockContract(Storage storage)
{
    private static readonly Dictionary<string, string?> s_policy = new()
    {
        ["Policy:Lease"] = "00:00:04",
        ["Policy:CallLease"] = "00:00:02",
        ["Policy:CallRetryAfter"] = "00:00:02",
        ["Policy:CallNeeds"] = "00:00:01",
        ["Policy:Lifetime"] = "00:00:10",
        ["Policy:CallGrace"] = "00:00:02",
        ["Policy:ListensAtMost"] = "00:00:04",
        ["Policy:RingsAtMost"] = "00:00:06",
        ["Policy:GoodbyeTakes"] = "00:00:01",
    };

    [Fact]
    public async Task A_busy_line_is_called_again_and_no_more_often_than_the_policy_says()
    {
        await using var run = await Run.StartAsync(storage);
        await run.Phone.HabitAsync(calls: "busy");
        var id = await run.ContactAsync("call");
        await run.RestsAsync(id);
        Assert.Equal(3, run.Calls);
        Assert.Equal("busy", (await run.User.SeeAsync(id))["verification.reason"]);
    }

    [Fact]
    public async Task A_text_that_nobody_answers_expires()
    {
        await using var run = await Run.StartAsync(storage);
        var id = await run.ContactAsync("text");
        await run.RestsAsync(id);
        Assert.Equal("expired", (await run.User.SeeAsync(id))["verification.state"]);
        Assert.Single(await run.Phone.TextsAsync());
    }

    [Fact]
    public async Task A_carrier_that_was_away_is_asked_again()
    {
        await using var run = await Run.StartAsync(storage);
        run.Laptop.Carrier.Down = true;
        var id = await run.ContactAsync("text");
        run.Laptop.Carrier.Down = false;
        await run.Phone.CodeAsync();
        await run.RestsAsync(id);
        Assert.Single(await run.Phone.TextsAsync());
    }

    [Fact]
    public async Task A_prompt_whose_owner_was_killed_is_spoken_though_nobody_asks()
    {
        await using var run = await Run.StartAsync(storage, new() { ["Policy:Lifetime"] = "00:10:00", ["Policy:RingsAtMost"] = "00:02:30", ["Policy:ListensAtMost"] = "00:01:00" });
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Laptop.Carrier.Decide = request =>
        {
            if (request.Path.Contains(":recognize", StringComparison.Ordinal) && killed.TrySetResult())
            {
                run.Head.Kill();
                return Task.FromResult(Pass.Cut);
            }

            return Task.FromResult(Pass.Through);
        };
        await run.ContactAsync("call");
        await run.Phone.AnswerAsync();
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await run.Head.StartAsync();
        // The laptop's clock was told in time; the host's keeps what was in its hands for a minute.
        await run.Phone.SaysAsync("press the pound key", HeadProcess.Patience);
    }

    [Fact]
    public async Task A_head_that_was_killed_right_after_its_answer_goes_on_after_the_restart()
    {
        await using var run = await Run.StartAsync(storage);
        await run.Phone.HabitAsync(calls: "busy");
        var id = await run.ContactAsync("call");
        run.Head.Kill();
        await run.Head.StartAsync();
        await run.RestsAsync(id);
        Assert.InRange(run.Calls, 1, 3);
        // It expires where the restart takes longer than it lives.
        Assert.Contains((await run.User.SeeAsync(id))["verification.state"], new[] { "failed", "expired" });
    }

    [Fact]
    public async Task Contact_me_pressed_many_times_is_one_clock_and_one_text()
    {
        await using var run = await Run.StartAsync(storage);
        var id = (await run.User.EnrollPhoneAsync(run.Phone.Number))["id"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => run.User.ContactAsync(id)));
        Assert.All(answers, a => Assert.Equal(202, a.Status));
        Assert.Equal(200, (await run.User.VerifyAsync(id, await run.Phone.CodeAsync())).Status);
        await run.RestsAsync(id);
        Assert.Single(await run.Phone.TextsAsync());
    }

    [Fact]
    public async Task Many_are_looked_after_at_once()
    {
        await using var run = await Run.StartAsync(storage);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var user = await run.Laptop.SignInAsync(run.Head);
            var id = (await user.EnrollPhoneAsync(Handset.NewNumber()))["id"];
            Assert.Equal(202, (await user.ContactAsync(id)).Status);
            return id;
        }));
        await Task.WhenAll(ids.Select(run.RestsAsync));
    }

    /// <summary>A head, a user and a phone.</summary>
    private sealed class Run(Laptop laptop, HeadProcess head, Person user, Handset phone) : IAsyncDisposable
    {
        private readonly TableClient _rows = new(laptop.Settings["Storage:ConnectionString"], laptop.Settings["Storage:TablePrefix"] + "accounts");

        public Laptop Laptop => laptop;

        public HeadProcess Head => head;

        public Person User => user;

        public Handset Phone => phone;

        /// <summary>How many calls the carrier was asked to place.</summary>
        public int Calls => laptop.CallsAskedFor;

        public static async Task<Run> StartAsync(Storage storage, Dictionary<string, string?>? settings = null)
        {
            var all = new Dictionary<string, string?>(s_policy);
            foreach (var (name, value) in settings ?? [])
            {
                all[name] = value;
            }

            var laptop = await Laptop.WithoutHeadAsync(storage, all);
            var head = await new HeadProcess(laptop.Settings).StartAsync();
            laptop.SendTextEventsTo(head.Url);
            return new(laptop, head, await laptop.SignInAsync(head), laptop.NewPhone());
        }

        public async Task<string> ContactAsync(string delivery)
        {
            var id = (await user.EnrollPhoneAsync(phone.Number, delivery))["id"];
            Assert.Equal(202, (await user.ContactAsync(id)).Status);
            return id;
        }

        /// <summary>Until the row says that nothing is left to do. It is read past the head: a request would do what is due itself.</summary>
        public Task<DateTimeOffset?> RestsAsync(string id) => Handset.UntilAsync(
            async () => (await _rows.GetEntityAsync<TableEntity>(id[..26], $"enrollment-{id}", ["WakeAt"])).Value.GetDateTimeOffset("WakeAt"),
            at => at is null,
            "rest",
            Math.Max(60, HeadProcess.Patience));

        public async ValueTask DisposeAsync()
        {
            user.Dispose();
            await head.DisposeAsync();
            await laptop.DisposeAsync();
        }
    }
}
