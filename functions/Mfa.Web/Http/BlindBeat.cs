using System.Diagnostics;

namespace Mfa.Web;

/// <summary>
/// When answers leave to callers who may not learn who exists: on a beat, counted from their request. What a user's answer took, or the storage
/// of a row that is there, tells nothing that way.
/// </summary>
/// <param name="beat">The time between two.</param>
public sealed class BlindBeat(TimeSpan beat)
{
    /// <summary>Until the next one.</summary>
    /// <param name="since">When the request came, as <see cref="Stopwatch.GetTimestamp"/> has it.</param>
    public Task NextAsync(long since)
    {
        // The wire's time, whatever time the head lives in.
        var elapsed = Stopwatch.GetElapsedTime(since);
        return Task.Delay(beat - TimeSpan.FromTicks(elapsed.Ticks % beat.Ticks));
    }
}
