using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// The shell is killed right after each thing that it saved or sent, and started again. The places are found on the wire: a run
/// without a crash counts what the head writes to its tables, its clock and its carrier, and then each of these is a place.
/// </summary>
public sealed partial class CrashPoints(Storage storage)
{
    private static readonly Dictionary<string, string?> s_policy = new()
    {
        ["Policy:Lease"] = "00:00:00.8",
        ["Policy:CallLease"] = "00:00:00.8",
        ["Policy:GoodbyeTakes"] = "00:00:01",
        ["Policy:ListensAtMost"] = "00:00:03",
        ["Policy:Silence"] = "00:00:20",
        ["Local:LooksEvery"] = "00:00:02",
        ["Local:ClockHold"] = "00:00:01",
    };

    [Theory]
    [InlineData("text", "once")]
    [InlineData("text", "twice")]
    [InlineData("reply", "once")]
    [InlineData("reply", "twice")]
    [InlineData("reply", "shuffled")]
    [InlineData("call", "once")]
    [InlineData("call", "twice")]
    [InlineData("call", "shuffled")]
    [InlineData("call", "early")]
    [InlineData("code", "once")]
    public async Task Killed_anywhere_it_ends_right_and_nothing_happens_twice(string way, string events)
    {
        await using var laptop = await Laptop.WithoutHeadAsync(storage, s_policy);
        await using var head = await new HeadProcess(laptop.Settings).StartAsync();
        laptop.SendTextEventsTo(head.Url);

        var places = await RunAsync(laptop, head, way, events, killAt: null);
        Assert.True(places >= (way == "code" ? 4 : 8), $"only {places} places found");
        for (var place = 1; place <= places; place++)
        {
            await RunAsync(laptop, head, way, events, place);
        }
    }

    private static async Task<int> RunAsync(Laptop laptop, HeadProcess head, string way, string events, int? killAt)
    {
        var run = new Run(laptop, head, killAt);
        using var user = await Person.SignInAsync(head.Url);
        using var phone = new Handset(laptop.Network, Handset.NewNumber());
        await phone.HabitAsync(events: events);
        var enrollment = way == "code" ? await user.EnrollAppAsync() : await user.EnrollPhoneAsync(phone.Number, way == "call" ? "call" : "text");
        var id = enrollment["id"];
        try
        {
            run.Begin();
            await TryAsync(() => user.ContactAsync(id), run, 202);
            await ProveAsync(way, user, phone, enrollment, run);
            var verified = await TryAsync(() => user.WaitForVerificationAsync(id, "verified"), run, 200);
            Assert.Equal("verified", verified["state"]);
            if (way == "call")
            {
                await phone.EndsAsync();
            }

            await OverAsync(user, id, run);
            Assert.Single((await user.GetAsync("me")).Body!["methods"]!.AsArray());
            Assert.Equal(way is "text" or "reply" ? 1 : 0, (await phone.TextsAsync()).Count);
            Assert.Equal(way == "call" ? 1 : 0, run.Calls.Count);
            Assert.True(killAt is null || run.Killed, $"place {killAt} was not reached");
        }
        catch (Exception e) when (killAt is not null)
        {
            throw new InvalidOperationException($"{way}, events {events}, killed after {run.At}: {e.Message}{Environment.NewLine}{string.Join(Environment.NewLine, run.Trace)}", e);
        }
        finally
        {
            run.End();
        }

        return run.Writes;
    }

    private static async Task ProveAsync(string way, Person user, Handset phone, Reply enrollment, Run run)
    {
        var id = enrollment["id"];
        switch (way)
        {
            case "text":
                var code = await phone.CodeAsync();
                await TryAsync(() => user.VerifyAsync(id, code), run, 200);
                break;
            case "reply":
                await phone.TextAsync(Laptop.Sender, await phone.CodeAsync());
                break;
            case "call":
                await phone.AnswerAsync();
                await Handset.UntilAsync(
                    async () =>
                    {
                        // A person presses again when nothing happens.
                        if ((await phone.CallAsync()) is { } call && call["state"]?.ToString() == "answered" && (bool?)call["listening"] == true)
                        {
                            await phone.PressAsync("#");
                        }

                        return await phone.CallAsync();
                    },
                    c => c!["state"]!.ToString() == "ended" || c["said"]!.AsArray().Any(s => s!.ToString().Contains("You are verified", StringComparison.Ordinal)),
                    "end of the call");
                break;
            default:
                var totp = await Tool.RunAsync("oathtool", "--totp", "--base32", enrollment["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
                await TryAsync(() => user.VerifyAsync(id, totp), run, 200);
                break;
        }
    }

    // A page repeats a request whose answer did not come.
    private static Task<Reply> TryAsync(Func<Task<Reply>> send, Run run, int status) =>
        Handset.UntilAsync(
            async () =>
            {
                try
                {
                    return await send();
                }
                catch (HttpRequestException)
                {
                    await run.RestartAsync();
                    return new Reply(0, null, new());
                }
            },
            r => r.Status == status,
            $"{status}");

    /// <summary>Until nothing is left to do: the clock has put the row to rest, and nobody writes any more.</summary>
    private static async Task OverAsync(Person user, string id, Run run)
    {
        await Handset.UntilAsync(
            async () =>
            {
                await run.RestartAsync();
                return await run.WakeAtAsync(id);
            },
            at => at is null,
            "rest");
        await TryAsync(() => user.SeeAsync(id), run, 200);
    }

    [GeneratedRegex("\"callConnectionId\":\"([^\"]+)\"")]
    private static partial Regex CallId();

    private sealed class Run(Laptop laptop, HeadProcess head, int? killAt)
    {
        private readonly SemaphoreSlim _restart = new(1, 1);
        private readonly Lock _lock = new();
        private bool _down;

        public int Writes { get; private set; }

        public bool Killed { get; private set; }

        public string At { get; private set; } = "";

        public List<string> Trace { get; } = [];

        public HashSet<string> Calls { get; } = [];

        public void Begin()
        {
            foreach (var tap in new[] { laptop.Tables, laptop.Queues, laptop.Carrier })
            {
                tap.Done = done => DoneAsync(tap, done);
            }

            laptop.Carrier.Answered = (_, body) =>
            {
                if (CallId().Match(body) is { Success: true } match)
                {
                    lock (_lock)
                    {
                        Calls.Add(match.Groups[1].Value);
                    }
                }
            };
        }

        public void End()
        {
            foreach (var tap in new[] { laptop.Tables, laptop.Queues, laptop.Carrier })
            {
                tap.Done = null;
            }

            laptop.Carrier.Answered = null;
            if (_down)
            {
                head.StartAsync().GetAwaiter().GetResult();
            }
        }

        public async Task RestartAsync()
        {
            await _restart.WaitAsync();
            try
            {
                if (_down)
                {
                    await head.StartAsync();
                    _down = false;
                }
            }
            finally
            {
                _restart.Release();
            }
        }

        /// <summary>When the row says that the clock must look again.</summary>
        public async Task<DateTimeOffset?> WakeAtAsync(string id)
        {
            var table = new Azure.Data.Tables.TableClient(laptop.Settings["Storage:ConnectionString"], laptop.Settings["Storage:TablePrefix"] + "accounts");
            var row = await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(id[..26], $"enrollment-{id}");
            return row.Value.GetDateTimeOffset("WakeAt");
        }

        private Task DoneAsync(Tap tap, Tapped done)
        {
            // Looks of the clock and of health checks change nothing.
            if (!done.IsWrite)
            {
                return Task.CompletedTask;
            }

            lock (_lock)
            {
                Writes++;
                Trace.Add($"{Writes} {Name(tap)} {done.Method} {done.Path.Split('?')[0]}");
                if (Writes == killAt && !Killed)
                {
                    At = Trace[^1];
                    head.Kill();
                    (Killed, _down) = (true, true);
                    _ = RestartAsync();
                }
            }

            return Task.CompletedTask;
        }

        private string Name(Tap tap) => tap == laptop.Tables ? "tables" : tap == laptop.Queues ? "clock" : "carrier";
    }
}
