namespace Mfa.VirtualPhone;

/// <summary>A subscription of a user agent, and the messages that wait for it.</summary>
/// <param name="key">Who alone may push; null for anybody.</param>
internal sealed class PushSubscriber(string? key, VirtualPhoneOptions options, TimeProvider time)
{
    private const int Most = 100;
    private readonly Lock _gate = new();
    private readonly List<PushMessage> _waiting = [];
    private readonly Changes _changes = new(0);
    private int _listeners;

    public string? Key { get; } = key;

    public PushHabit Habit { get; set; }

    /// <summary>When it was made, or last looked at.</summary>
    public DateTimeOffset Touched { get; private set; } = time.GetUtcNow();

    /// <summary>It is no more, and stays so.</summary>
    public bool IsGone { get; private set; }

    public void Take(PushMessage message)
    {
        if (Habit == PushHabit.Late)
        {
            _ = AddLater(message);
        }
        else if (Habit != PushHabit.Lose)
        {
            Add(message);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            IsGone = true;
            _waiting.Clear();
        }

        _changes.Add();
    }

    /// <summary>What is delivered now: all that waits, or the first that comes within the time.</summary>
    public async Task<IReadOnlyList<PushMessage>> Deliver(TimeSpan wait, CancellationToken stop)
    {
        // Before anything is looked at: what has no time to live is delivered to who listens when it comes, or never.
        Interlocked.Increment(ref _listeners);
        try
        {
            var until = time.GetUtcNow() + wait;
            while (true)
            {
                var seen = _changes.Version;
                var taken = Empty();
                var left = until - time.GetUtcNow();
                if (taken.Count > 0 || IsGone || left <= TimeSpan.Zero || stop.IsCancellationRequested) { return taken; }
                await _changes.Wait(seen, left, time, stop);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private List<PushMessage> Empty()
    {
        lock (_gate)
        {
            Touched = time.GetUtcNow();
            List<PushMessage> taken = [.. _waiting.Where(IsAlive)];
            _waiting.Clear();
            return taken;
        }
    }

    private async Task AddLater(PushMessage message)
    {
        await Task.Delay(options.PushLateBy, time);
        Add(message);
    }

    private void Add(PushMessage message)
    {
        lock (_gate)
        {
            if (IsGone || !IsAlive(message)) { return; }
            _waiting.RemoveAll(one => message.Topic is not null && one.Topic == message.Topic);
            _waiting.AddRange(Enumerable.Repeat(message, Habit == PushHabit.Twice ? 2 : 1));
            _waiting.RemoveRange(0, Math.Max(0, _waiting.Count - Most));
        }

        _changes.Add();
    }

    private bool IsAlive(PushMessage message) =>
        time.GetUtcNow() < message.Until || (message.Until == message.At && Volatile.Read(ref _listeners) > 0);
}
