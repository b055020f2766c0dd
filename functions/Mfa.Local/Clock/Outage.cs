using Azure;

namespace Mfa.Local;

/// <summary>Something that does not answer for a while: told once when it begins, and once when it is over.</summary>
/// <param name="what">What it is, as the log names it.</param>
/// <param name="log">The log.</param>
internal sealed class Outage(string what, ILogger log)
{
    private int _on;

    public bool IsOn => Volatile.Read(ref _on) == 1;

    /// <summary>Whether a fault is storage's, or of the way to it.</summary>
    public static bool Is(Exception fault, CancellationToken cancel) =>
        fault is RequestFailedException or AggregateException or HttpRequestException or IOException
        || (fault is OperationCanceledException && !cancel.IsCancellationRequested);

    public void Begin(Exception fault)
    {
        if (Interlocked.Exchange(ref _on, 1) == 0)
        {
            log.LogWarning("{What} does not do its part ({Fault} {Status}); trying on", what, fault.GetType().Name, (fault as RequestFailedException)?.Status);
        }
    }

    public void End()
    {
        if (Interlocked.Exchange(ref _on, 0) == 1)
        {
            log.LogInformation("{What} is back", what);
        }
    }
}
