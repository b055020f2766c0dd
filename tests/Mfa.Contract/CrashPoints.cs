using System.Net.Sockets;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// The shell is killed right after each thing that it saved or sent, and started again. The places are found on the wire: the
/// first run is killed after the first write to the tables, the clock or the carrier, the next after the second, and so on
/// until a run ends before its place is reached.
/// </summary>
public abstract class CrashPoints(Storage storage)
{
    private static readonly Dictionary<string, string?> s_policy = new()
    {
        ["Policy:Lease"] = "00:00:00.8",
        ["Policy:CallLease"] = "00:00:00.8",
        ["Policy:GoodbyeTakes"] = "00:00:01",
        ["Policy:ListensAtMost"] = "00:00:03",
        ["Policy:Silence"] = "00:00:20",
        ["Policy:CallRetryAfter"] = "00:00:01",
        ["Local:LooksEvery"] = "00:00:02",
        ["Local:ClockHold"] = "00:00:01",
    };

    /// <summary>Runs one way again and again, with a crash at each place.</summary>
    protected async Task KillEverywhereAsync(string way, string events, bool loseAnswers = false)
    {
        await using var laptop = await Laptop.WithoutHeadAsync(storage, s_policy);
        await using var head = await new HeadProcess(laptop.Settings).StartAsync();
        laptop.SendTextEventsTo(head.Url);

        // The place after the last one is a run to which nothing happens.
        var places = 0;
        while (await RunAsync(laptop, head, way, events, places + 1, loseAnswers))
        {
            places++;
        }

        Assert.True(places >= (way == "code" ? 2 : 8), $"only {places} places found");
    }

    private static async Task<bool> RunAsync(Laptop laptop, HeadProcess head, string way, string events, int place, bool loseAnswer)
    {
        var run = new CrashRun(laptop, head, place, loseAnswer);
        using var user = await laptop.SignInAsync(head);
        using var phone = new Handset(laptop.Network, Handset.NewNumber());
        await phone.HabitAsync(calls: way == "busy" ? "busy" : "ring", events: events);
        var enrollment = way == "code" ? await user.EnrollAppAsync() : await user.EnrollPhoneAsync(phone.Number, way is "call" or "busy" ? "call" : "text");
        var id = enrollment["id"];
        try
        {
            run.Begin();
            // The line is free again once the first call has found it busy.
            var freed = way == "busy" ? run.FirstCall.ContinueWith(_ => phone.HabitAsync(events: events), TaskScheduler.Default).Unwrap() : Task.CompletedTask;
            await TryAsync(() => user.ContactAsync(id), run, 202);
            await freed;
            await using var page = HeadProcess.IsLaptop ? null : new OpenPage(user, id);
            await ProveAsync(way, user, phone, enrollment, run);
            var verified = await TryAsync(() => user.WaitForVerificationAsync(id, "verified"), run, 200);
            Assert.Equal("verified", verified["state"]);
            if (way is "call" or "busy")
            {
                await phone.EndsAsync();
            }

            await OverAsync(user, id, run);
            Assert.Single((await TryAsync(() => user.GetAsync("me"), run, 200)).Body!["methods"]!.AsArray());
            Assert.Equal(way is "text" or "reply" ? 1 : 0, (await phone.TextsAsync()).Count);
            Assert.Equal(way switch { "call" => 1, "busy" => 2, _ => 0 }, run.Calls.Count);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{way}, events {events}, {(loseAnswer ? "no answer" : "killed")} after {run.At}: {e.Message}{Environment.NewLine}{string.Join(Environment.NewLine, run.Trace)}", e);
        }
        finally
        {
            run.End();
        }

        return run.Reached;
    }

    private static async Task ProveAsync(string way, Person user, Handset phone, Reply enrollment, CrashRun run)
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
            case "call" or "busy":
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
                var totp = await LaptopTest.AuthenticatorAsync(enrollment);
                await TryAsync(() => user.VerifyAsync(id, totp), run, 200);
                break;
        }
    }

    // A page repeats a request whose answer did not come.
    private static Task<Reply> TryAsync(Func<Task<Reply>> send, CrashRun run, int status) =>
        Handset.UntilAsync(
            async () =>
            {
                try
                {
                    return await send();
                }
                catch (Exception e) when (e is HttpRequestException or SocketException)
                {
                    // The bare one comes where the head is killed between connecting and sending.
                    await run.RestartAsync();
                    return new Reply(0, null, new());
                }
            },
            r => r.Status == status,
            $"{status}",
            HeadProcess.Patience);

    /// <summary>Until nothing is left to do: the clock has put the row to rest, and nobody writes any more.</summary>
    private static async Task OverAsync(Person user, string id, CrashRun run)
    {
        await Handset.UntilAsync(
            async () =>
            {
                await run.RestartAsync();
                var (wakeAt, houseOnly) = await run.RestAsync(id);
                if (houseOnly)
                {
                    // No clock is told of housekeeping: what a crash left of it, whoever comes next does.
                    await TryAsync(() => user.SeeAsync(id), run, 200);
                }

                return wakeAt;
            },
            at => at is null,
            "rest",
            HeadProcess.Patience);
        await TryAsync(() => user.SeeAsync(id), run, 200);
    }
}
