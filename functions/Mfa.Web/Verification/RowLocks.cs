namespace Mfa.Web;

/// <summary>
/// Lets this process change a row one at a time, so that many requests at once wait instead of colliding. The row's version is
/// the real lock; this only saves tries.
/// </summary>
public sealed class RowLocks
{
    // A fixed number of locks shared by all rows: two rows that share one wait for each other now and then.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the row; dispose to let the next one in.</summary>
    public async Task<IDisposable> TakeAsync(string id, CancellationToken cancel)
    {
        var gate = _locks[(uint)string.GetHashCode(id, StringComparison.Ordinal) % _locks.Length];
        await gate.WaitAsync(cancel);
        return new Taken(gate);
    }

    private sealed class Taken(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
