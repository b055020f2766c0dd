using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Mfa.Web;

namespace Mfa.Local.Tests;

public sealed class QueueClockTests(SharedStorage storage) : IAsyncLifetime
{
    private readonly string _name = SharedStorage.NewName();
    private readonly ConcurrentQueue<(string Id, DateTimeOffset At)> _looks = new();
    private readonly Lines _log = new();
    private readonly List<ClockWorker> _workers = [];
    private QueueClock _clock = null!;
    private QueueClient _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    public async ValueTask InitializeAsync()
    {
        _clock = new(storage.ConnectionString, _name, ClockPace.Usual, TimeProvider.System);
        _queue = new(storage.ConnectionString, _name);
        await _clock.CreateAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync(default);
            worker.Dispose();
        }

        _clock.Dispose();
    }

    [Fact]
    public async Task What_is_due_is_looked_at_once_and_ends_when_it_is_over()
    {
        await _clock.StartAsync("v-1", Now, Cancel);
        // Nothing hides it: whoever asks next has it.
        Assert.NotNull((await _queue.PeekMessageAsync(Cancel)).Value);
        await Work((_, _) => Over);
        await Until.True(IsEmpty, "an empty queue", 30);
        Assert.Single(_looks);
    }

    [Fact]
    public async Task A_look_comes_when_it_was_asked_for_and_again_when_the_last_one_said()
    {
        await Work((_, look) => look == 1 ? At(Now.AddSeconds(1.6)) : Over);
        var due = Now.AddSeconds(2);
        await _clock.StartAsync("v-1", due, Cancel);
        await Until.True(() => _looks.Count == 2, "two looks", 30);
        // Neither is early: queues count in whole seconds.
        Assert.True(_looks.First().At >= due.AddSeconds(-1.1), $"due {due:O}, at {_looks.First().At:O}");
        Assert.True(_looks.Last().At - _looks.First().At >= TimeSpan.FromSeconds(0.9), $"{_looks.First().At:O}, {_looks.Last().At:O}");
        await Until.True(IsEmpty, "an empty queue");
    }

    [Fact]
    public async Task An_earlier_time_is_kept_while_the_own_message_hides()
    {
        await Work((_, _) => At(Now.AddMinutes(9), notBefore: true));
        await _clock.StartAsync("v-1", Now.AddMinutes(10), Cancel);
        await _clock.WakeEarlierAsync("v-1", Now, Cancel);
        await Until.True(() => _looks.Count == 1, "a look");
        await Until.True(async () => await Count() == 1, "the own message alone");
    }

    [Fact]
    public async Task A_missing_verification_is_looked_for_again_and_then_forgotten()
    {
        await Work((_, _) => Task.FromResult(new Advanced(Found: false, WakeAt: null)));
        await _clock.StartAsync("v-1", Now, Cancel);
        await Until.True(IsEmpty, "an empty queue");
        Assert.Equal(3, _looks.Count);
    }

    [Fact]
    public async Task Garbage_is_thrown_away_with_a_warning_that_does_not_repeat_it()
    {
        await _queue.SendMessageAsync("{\"secret\": 123456}", Cancel);
        await Work((_, _) => Over);
        await Until.True(IsEmpty, "an empty queue");
        Assert.DoesNotContain("123456", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Empty(_looks);
    }

    [Fact]
    public async Task A_look_that_fails_is_repeated_and_holds_nobody_up()
    {
        await Work((id, look) => id == "bad" && look == 1 ? throw new InvalidOperationException("Broken.") : Over);
        await _clock.StartAsync("bad", Now, Cancel);
        await _clock.StartAsync("good", Now, Cancel);
        await Until.True(IsEmpty, "an empty queue");
        Assert.Equal(["bad", "bad", "good"], _looks.Select(look => look.Id).Order());
    }

    [Fact]
    public async Task Several_heads_share_the_work_and_none_is_overrun()
    {
        int running = 0, most = 0;
        async Task<Advanced> Slow(string id, int look)
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Delay(50, Cancel);
            Interlocked.Decrement(ref running);
            return await Over;
        }

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => _clock.StartAsync($"v-{i}", Now, Cancel)));
        await Work(Slow);
        await Work(Slow);
        await Until.True(IsEmpty, "an empty queue");
        Assert.Equal(60, _looks.Select(look => look.Id).Distinct().Count());
        Assert.Equal(60, _looks.Count);
        Assert.InRange(most, 2, 32);
    }

    [Fact]
    public async Task Another_head_goes_on_where_one_stopped()
    {
        await Work((_, _) => At(Now.AddSeconds(2)));
        await _clock.StartAsync("v-1", Now, Cancel);
        await Until.True(() => !_looks.IsEmpty, "a look");
        await _workers[0].StopAsync(Cancel);
        await Work((_, _) => Over);
        await Until.True(IsEmpty, "an empty queue", 60);
        Assert.True(_looks.Count >= 2);
    }

    [Fact]
    public async Task A_queue_that_was_removed_is_made_again()
    {
        await Work((_, _) => Over);
        await _queue.DeleteAsync(Cancel);
        await Until.True(async () => await _queue.ExistsAsync(Cancel), "the queue");
        await _clock.StartAsync("v-1", Now, Cancel);
        await Until.True(() => !_looks.IsEmpty, "a look");
    }

    private static Task<Advanced> Over => At(null);

    private static Task<Advanced> At(DateTimeOffset? wakeAt, bool notBefore = false) => Task.FromResult(new Advanced(Found: true, wakeAt, notBefore));

    private Task Work(Func<string, int, Task<Advanced>> look)
    {
        var worker = new ClockWorker(_clock, (id, _) =>
        {
            _looks.Enqueue((id, Now));
            return look(id, _looks.Count(l => l.Id == id));
        }, ClockPace.Usual, TimeProvider.System, _log.For<ClockWorker>());
        _workers.Add(worker);
        return worker.StartAsync(Cancel);
    }

    private async Task<int> Count() => (await _queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;

    private async Task<bool> IsEmpty() => await Count() == 0;

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }
}
