namespace Mfa.VirtualPhone;

/// <summary>
/// Events of one call, or of one phone's texts, on their way to one receiver: posted in the order they happened, unless the
/// phone's habit is another. A lane that isn't open yet keeps them.
/// </summary>
internal sealed class EventLane(VirtualPhoneOptions options, TimeProvider time, Func<EventHabit> habit, bool open)
{
    private readonly Lock _lock = new();
    private readonly List<Due> _due = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _open = open;
    private bool _running;

    /// <summary>Done when the first event of this lane has been posted.</summary>
    public Task First => _first.Task;

    /// <param name="post">Posts the event once.</param>
    /// <param name="certain">No habit loses it or holds it back.</param>
    /// <returns>Done when the event has been posted once, whether it arrived or not.</returns>
    public Task Add(Func<Task> post, bool certain = false)
    {
        var due = new Due(post, certain, time.GetUtcNow(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _due.Add(due);
            Start();
        }

        return due.Posted.Task;
    }

    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            Start();
        }
    }

    private void Start()
    {
        if (!_open || _running || _due.Count == 0) { return; }
        _running = true;
        _ = Task.Run(Drain);
    }

    private async Task Drain()
    {
        while (true)
        {
            var shuffled = habit() is EventHabit.Shuffled;
            if (shuffled) { await Task.Delay(options.ShuffleWithin, time); }
            foreach (var due in Take(shuffled))
            {
                await Post(due);
                due.Posted.SetResult();
                _first.TrySetResult();
            }

            lock (_lock)
            {
                if (_due.Count > 0) { continue; }
                _running = false;
                return;
            }
        }
    }

    private async Task Post(Due due)
    {
        if (habit() is EventHabit.Lost && !due.Certain) { return; }
        if (habit() is EventHabit.Late && !due.Certain && due.Since + options.EventsLateBy - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time);
        }

        await due.Post();
        if (habit() is EventHabit.Twice) { await due.Post(); }
    }

    /// <summary>The next event; all that are due, last first, where they are shuffled.</summary>
    private List<Due> Take(bool shuffled)
    {
        lock (_lock)
        {
            var taken = _due.GetRange(0, shuffled ? _due.Count : 1);
            _due.RemoveRange(0, taken.Count);
            taken.Reverse();
            return taken;
        }
    }

    private sealed record Due(Func<Task> Post, bool Certain, DateTimeOffset Since, TaskCompletionSource Posted);
}
