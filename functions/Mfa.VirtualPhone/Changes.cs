namespace Mfa.VirtualPhone;

/// <summary>A version that grows, and that a long poll can wait for.</summary>
internal sealed class Changes(long version)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private long _version = version;

    public long Version => Interlocked.Read(ref _version);

    public void Add()
    {
        lock (_lock)
        {
            _version++;
            _next.SetResult();
            _next = New();
        }
    }

    /// <summary>Waits until the version is another than <paramref name="seen"/>, or for <paramref name="wait"/>.</summary>
    public async Task Wait(long seen, TimeSpan wait, TimeProvider time, CancellationToken stop)
    {
        Task next;
        lock (_lock)
        {
            if (_version != seen) { return; }
            next = _next.Task;
        }

        try
        {
            await next.WaitAsync(wait, time, stop);
        }
        catch (Exception ended) when (ended is TimeoutException or OperationCanceledException)
        {
            // Nothing changed; the caller answers with what there is.
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
