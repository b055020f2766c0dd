namespace Mfa.VirtualPhone;

/// <summary>
/// One thing that happens later, under the lock of what it changes. Setting it again, or stopping it, forgets what was set:
/// a timer that has fired but still waits for the lock finds that and does nothing.
/// </summary>
internal sealed class Alarm(TimeProvider time, Lock gate)
{
    private ITimer? _timer;
    private int _set;

    /// <summary>Call with the lock held. A time of zero means now.</summary>
    public void Set(TimeSpan due, Action act)
    {
        Stop();
        if (due <= TimeSpan.Zero)
        {
            act();
            return;
        }

        var mine = _set;
        _timer = time.CreateTimer(_ => Ring(mine, act), null, due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Call with the lock held.</summary>
    public void Stop()
    {
        _set++;
        _timer?.Dispose();
        _timer = null;
    }

    private void Ring(int mine, Action act)
    {
        lock (gate)
        {
            if (mine != _set) { return; }
            Stop();
            act();
        }
    }
}
