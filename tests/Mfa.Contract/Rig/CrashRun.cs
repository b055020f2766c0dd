using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mfa.Web;

namespace Mfa.Contract;

/// <summary>One run to which something happens: watches the wires, and kills the head, or loses an answer, after a given write.</summary>
internal sealed partial class CrashRun(Laptop laptop, HeadProcess head, int place, bool loseAnswer)
{
    private readonly SemaphoreSlim _restart = new(1, 1);
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstCall = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _down;
    private volatile bool _dies;
    private bool _ended;

    /// <summary>Whether the clock's writes of its own messages and the copies for the feed are counted.</summary>
    public bool Apart { get; init; } = true;

    public bool Reached { get; private set; }

    public string At { get; private set; } = "";

    public List<string> Trace { get; } = [];

    public HashSet<string> Calls { get; } = [];

    /// <summary>Done when the carrier has placed a call.</summary>
    public Task FirstCall => _firstCall.Task;

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
                    Calls.Add(match.Groups["id"].Value);
                    _firstCall.TrySetResult();
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
        // A write that was under way must not kill the head of the next run, nor start it a second time.
        lock (_lock)
        {
            _ended = true;
        }

        RestartAsync().GetAwaiter().GetResult();
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

    /// <summary>Until there is a head, as what stands before it waits.</summary>
    public async Task UpAsync()
    {
        while (_dies)
        {
            await Task.Delay(5);
        }

        await RestartAsync();
    }

    /// <summary>When the row says that somebody must look again, and whether only housekeeping is left then.</summary>
    public static async Task<(DateTimeOffset? WakeAt, bool HouseOnly)> RestAsync(Laptop laptop, string id)
    {
        var table = new Azure.Data.Tables.TableClient(laptop.Settings["Storage:ConnectionString"], laptop.Settings["Storage:TablePrefix"] + "accounts");
        var row = await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(id[..26], (RowNames.MarkOf(id) == "" ? "enrollment-" : "challenge-") + id);
        var pending = JsonNode.Parse(row.Value.GetString("Payload"))!["verification"]?["pending"] as JsonArray;
        return (row.Value.GetDateTimeOffset("WakeAt"), pending is { Count: > 0 } && pending.All(p => p!["effect"]!["do"]!.ToString() == "settleNumber"));
    }

    private Task<Pass> DoneAsync(Tap tap, Tapped done)
    {
        if (!IsStep(tap, done))
        {
            return Task.FromResult(Pass.Through);
        }

        lock (_lock)
        {
            Trace.Add($"{Trace.Count + 1} {Name(tap)} {done.Method} {What(done)}");
            if (_ended || Trace.Count != place)
            {
                return Task.FromResult(Pass.Through);
            }

            (Reached, At) = (true, Trace[^1]);
            if (!loseAnswer)
            {
                _dies = true;
                head.Kill();
                (_down, _dies) = (true, false);
                _ = RestartAsync();
            }
        }

        return Task.FromResult(Pass.LoseAnswer);
    }

    // Looks of the clock and of health checks change nothing, and tables are made at every start. Of a queue that is a host's, only
    // what is put in counts: a clock is started or told, a look is asked for or done. It takes messages whenever it likes.
    private bool IsStep(Tap tap, Tapped done) => tap != laptop.Queues || (Apart && HeadProcess.IsLaptop)
        ? done.IsWrite && !done.Path.EndsWith("/Tables", StringComparison.Ordinal) && (Apart || !laptop.IsOfFeed(done))
        : done.Method == "POST" && done.Path.Contains("/messages", StringComparison.Ordinal);

    // Enough to see from a failure how far the verification was.
    private static string What(Tapped done)
    {
        var state = Progress().Matches(done.Body);
        return done.Path.Split('?')[0].Split('/')[^1].Split('(')[0] + (state.Count == 0 ? "" : " " + string.Join(' ', state.Select(m => m.Groups[1].Value + m.Groups[2].Value)));
    }

    private string Name(Tap tap) => tap == laptop.Tables ? "tables" : tap == laptop.Queues ? "clock" : "carrier";

    // By either wire.
    [GeneratedRegex("\"callConnectionId\":\"(?<id>[^\"]+)\"|\"sid\": ?\"(?<id>CA[0-9a-f]{32})\"")]
    private static partial Regex CallId();

    [GeneratedRegex(@"\\u0022(?:state|phase|reason|do)\\u0022:\\u0022(\w+)|\\u0022attempt\\u0022:(\d+)")]
    private static partial Regex Progress();
}
