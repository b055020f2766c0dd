namespace Mfa.VirtualPhone;

/// <summary>
/// Events of one call, or of one phone's texts, on their way to one receiver: posted in the order they happened, unless the
/// phone's habit is another. A lane that isn't open yet keeps them.
/// </summary>
internal sealed class EventLane(EventPoster poster, VirtualPhoneOptions options, TimeProvider time, Func<EventHabit> habit, bool open)
{
    private readonly Lock _lock = new();
    private readonly List<(OutgoingEvent Event, TaskCompletionSource Posted)> _due = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _open = open;
    private bool _running;

    /// <summary>Done when the first event of this lane has been posted.</summary>
    public Task First => _first.Task;

    /// <returns>Done when the event has been posted once, whether it arrived or not.</returns>
    public Task Add(OutgoingEvent due)
    {
        var posted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _due.Add((due, posted));
            Start();
        }

        return posted.Task;
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
            foreach (var (due, posted) in Take(shuffled))
            {
                await poster.Post(due);
                if (habit() is EventHabit.Twice) { await poster.Post(due); }
                posted.SetResult();
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

    /// <summary>The next event; all that are due, last first, where they are shuffled.</summary>
    private List<(OutgoingEvent Event, TaskCompletionSource Posted)> Take(bool shuffled)
    {
        lock (_lock)
        {
            var taken = _due.GetRange(0, shuffled ? _due.Count : 1);
            _due.RemoveRange(0, taken.Count);
            taken.Reverse();
            return taken;
        }
    }
}
