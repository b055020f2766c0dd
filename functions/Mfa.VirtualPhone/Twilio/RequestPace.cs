namespace Mfa.VirtualPhone;

/// <summary>Counts the requests of the last second.</summary>
internal sealed class RequestPace(TimeProvider time)
{
    private readonly Queue<DateTimeOffset> _taken = [];

    /// <param name="most">In one second; 0: any.</param>
    public bool TryTake(int most)
    {
        if (most == 0) { return true; }
        lock (_taken)
        {
            var now = time.GetUtcNow();
            while (_taken.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1)) { _taken.Dequeue(); }
            if (_taken.Count >= most) { return false; }
            _taken.Enqueue(now);
            return true;
        }
    }
}
