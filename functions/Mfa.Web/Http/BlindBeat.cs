using System.Diagnostics;

namespace Mfa.Web;

/// <summary>
/// When answers leave to callers who may not learn who exists: on a beat, counted from their request. What a user's answer took, or the storage
/// of a row that is there, tells nothing that way.
/// </summary>
/// <param name="beat">The time between two.</param>
public sealed class BlindBeat(TimeSpan beat)
{
    /// <summary>Runs what is asked, and lets its answer, or its fault, leave with the next one. All of the request is here: whoever holds its end back would choose when that falls.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            return await run();
        }
        finally
        {
            // The wire's time, whatever time the head lives in.
            var elapsed = Stopwatch.GetElapsedTime(since);
            await Task.Delay(beat - TimeSpan.FromTicks(elapsed.Ticks % beat.Ticks));
        }
    }
}
