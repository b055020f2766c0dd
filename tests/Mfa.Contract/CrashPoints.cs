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

    /// <summary>Settings of the heads.</summary>
    protected virtual Dictionary<string, string?> Settings => new(s_policy);

    /// <summary>Whether what stands before the head, such as the front end of a platform, holds a callback back while there is no head; else it is lost.</summary>
    protected virtual bool HasFront => false;

    /// <summary>What goes on at the carriers meanwhile.</summary>
    protected virtual void Arrange(Laptop laptop)
    {
    }

    /// <summary>The first place, where those before it are other tests'.</summary>
    protected virtual int FirstPlace => 1;

    /// <summary>Drives one way again and again, with a crash at each place.</summary>
    /// <param name="driven">What is driven.</param>
    /// <param name="way">How.</param>
    /// <param name="events">How the carrier's events come.</param>
    /// <param name="loseAnswers">Whether an answer is lost, and nothing killed.</param>
    /// <param name="apart">Whether it happens also after what is written apart from the way itself, and the same in all: the clock's own messages, and the copies for the feed.</param>
    protected async Task KillEverywhereAsync(Driven driven, string way, string events, bool loseAnswers = false, bool apart = true)
    {
        // Tones take the time that they take: what is not told of them in three seconds may be on its way on a slow machine.
        await using var laptop = await Laptop.WithoutHeadAsync(storage, way == "extension" ? new(Settings) { ["Policy:ListensAtMost"] = "00:00:10" } : Settings);
        await using var front = await Tap.StartAsync("http://127.0.0.1:9");
        await using var head = await new HeadProcess(HasFront ? new Dictionary<string, string?>(laptop.Settings) { ["Service:PublicUrl"] = front.Url } : laptop.Settings).StartAsync();
        front.Target = new Uri(head.Url);
        Arrange(laptop);
        laptop.SendTextEventsTo(HasFront ? front.Url : head.Url);

        // The place after the last one is a run to which nothing happens.
        var places = FirstPlace - 1;
        while (await RunAsync(driven, laptop, head, front, way, events, places + 1, loseAnswers, apart))
        {
            places++;
        }

        Assert.True(places >= (way switch { "code" => 2, "notification" => 4, _ => 8 }), $"only {places} places found");
    }

    private static async Task<bool> RunAsync(Driven driven, Laptop laptop, HeadProcess head, Tap front, string way, string events, int place, bool loseAnswer, bool apart)
    {
        var run = new CrashRun(laptop, head, place, loseAnswer) { Apart = apart };
        front.Decide = async _ =>
        {
            await run.UpAsync();
            return Pass.Through;
        };
        using var phone = new Handset(laptop.Network, Handset.NewNumber());
        using var proving = await Proving.PrepareAsync(driven, laptop, head.Url, way == "busy" ? "call" : way, phone);
        await phone.HabitAsync(calls: way switch { "busy" => "busy", "extension" => "switchboard", _ => "ring" }, events: events, extensions: Proving.Extension);
        try
        {
            run.Begin();
            // The line is free again once the first call has found it busy.
            var freed = way == "busy" ? run.FirstCall.ContinueWith(_ => phone.HabitAsync(events: events), TaskScheduler.Default).Unwrap() : Task.CompletedTask;
            await TryAsync(proving.BeginAsync, run, proving.Begun);
            await freed;
            await using var page = HeadProcess.IsLaptop ? null : new OpenPage(proving.Caller, proving.Id);
            await ProveAsync(proving, run);
            await TryAsync(() => proving.Caller.WaitForStateAsync(proving.Id, "verified"), run, 200);
            if (proving.Way is "call" or "extension")
            {
                await phone.EndsAsync();
            }

            await OverAsync(proving, laptop, run);
            await TryAsync(proving.IsProvedOnceAsync, run, so => so, "one proof");
            Assert.Equal(way is "text" or "reply" ? 1 : 0, await proving.TextsAsync());
            Assert.Equal(way switch { "call" or "extension" => 1, "busy" => 2, _ => 0 }, run.Calls.Count);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{driven}, {way}, events {events}, {(loseAnswer ? "no answer" : "killed")} after {run.At}: {e.Message}{Environment.NewLine}{string.Join(Environment.NewLine, run.Trace)}", e);
        }
        finally
        {
            run.End();
        }

        return run.Reached;
    }

    private static async Task ProveAsync(Proving proving, CrashRun run)
    {
        var phone = proving.Phone;
        switch (proving.Way)
        {
            case "text":
                var code = await proving.TextedCodeAsync();
                await TryAsync(() => proving.VerifyAsync(code), run, 200);
                break;
            case "reply":
                await phone.TextAsync(Laptop.Sender, await proving.TextedCodeAsync());
                break;
            case "call" or "extension":
                phone = proving.Answering;
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
            case "notification":
                var number = "";
                await TryAsync(proving.SeeAsync, run, seen => (number = seen?.Text("verification.number") ?? seen?.Text("number") ?? "").Length > 0 || seen?.Text("state") == "verified", "a number");
                System.Text.Json.Nodes.JsonNode? request = null;
                await TryAsync(() => proving.Device!.RequestsAsync(), run, inbox => (request = inbox?.Body?["items"]?.AsArray().LastOrDefault()) is not null, "a request");
                await TryAsync(() => proving.Device!.AnswerAsync(request!, "authenticate", number), run, 200);
                break;
            default:
                var totp = await proving.AuthenticatorAsync();
                await TryAsync(() => proving.VerifyAsync(totp), run, 200);
                break;
        }
    }

    private static Task<Reply> TryAsync(Func<Task<Reply>> send, CrashRun run, int status) => TryAsync(send, run, r => r?.Status == status, $"{status}")!;

    // A page repeats a request whose answer did not come.
    private static Task<T?> TryAsync<T>(Func<Task<T>> send, CrashRun run, Func<T?, bool> so, string what) =>
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
                    return default;
                }
            },
            so,
            what,
            HeadProcess.Patience);

    /// <summary>Until nothing is left to do: the clock has put the row to rest, and nobody writes any more.</summary>
    private static async Task OverAsync(Proving proving, Laptop laptop, CrashRun run)
    {
        await Handset.UntilAsync(
            async () =>
            {
                await run.RestartAsync();
                var (wakeAt, houseOnly) = await CrashRun.RestAsync(laptop, proving.Id);
                if (houseOnly)
                {
                    // No clock is told of housekeeping: what a crash left of it, whoever comes next does.
                    await TryAsync(proving.SeeAsync, run, 200);
                }

                return wakeAt;
            },
            at => at is null,
            "rest",
            HeadProcess.Patience);
        await TryAsync(proving.SeeAsync, run, 200);
    }
}
