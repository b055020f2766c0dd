using System.Collections.Concurrent;

namespace Mfa.Web;

/// <summary>Which programs ask too often whether a user has answered. Each instance knows of what it was asked itself: that is enough to calm a loop.</summary>
public sealed class PollPace(TimeProvider time)
{
    /// <summary>The seconds between two.</summary>
    public const int Interval = 5;

    private const int Most = 10_000;

    // Clocks and networks differ a little.
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Last, TimeSpan Pace)> _asked = [];

    /// <summary>Notes that it is asked about, and tells whether that is too soon: then it has to wait longer from now on (CIBA section 11).</summary>
    public bool IsTooFast(string id)
    {
        if (_asked.Count >= Most)
        {
            _asked.Clear();
        }

        var (now, isTooFast) = (time.GetUtcNow(), false);
        _asked.AddOrUpdate(id, _ => (now, TimeSpan.FromSeconds(Interval)), (_, before) =>
        {
            isTooFast = now - before.Last < before.Pace - s_early;
            return (now, isTooFast ? before.Pace + TimeSpan.FromSeconds(Interval) : before.Pace);
        });
        return isTooFast;
    }
}
