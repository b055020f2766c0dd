using Mfa.Web;

namespace Mfa.Local;

/// <summary>What the clock does with a message after a look.</summary>
/// <param name="IsOver">The message is deleted.</param>
/// <param name="Hide">Otherwise: how long the message is hidden, in whole seconds as queues count.</param>
/// <param name="Stay">Otherwise: the next look is so near that the message is kept for it.</param>
public readonly record struct ClockTurn(bool IsOver, TimeSpan Hide, TimeSpan Stay)
{
    private const int LooksForMissing = 3;
    private static readonly TimeSpan s_missing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    // A message lives for a day, and is seen again well before its end.
    private static readonly TimeSpan s_atLeastHourly = TimeSpan.FromHours(1);

    /// <summary>After a look that found something, or nothing.</summary>
    /// <param name="found">What it found.</param>
    /// <param name="message">The message.</param>
    /// <param name="looks">How often the message was taken.</param>
    /// <param name="now">The time.</param>
    /// <param name="longest">The longest that a verification is not looked at, unless nothing can become due.</param>
    public static ClockTurn After(Advanced found, ClockMessage message, long looks, DateTimeOffset now, TimeSpan longest)
    {
        if (!found.Found)
        {
            // The clock is started before the row is saved.
            return looks < LooksForMissing ? Hidden(Whole(s_missing, longest)) : Over;
        }

        if (found.WakeAt is not { } wakeAt)
        {
            return Over;
        }

        var wait = wakeAt - now;
        // The verification's own message may sleep until the deadline; an extra one stays as long as something else may become due.
        return message.IsExtra && found.NotBefore ? Over
            : wait >= s_second ? Hidden(Whole(wait, found.NotBefore ? s_atLeastHourly : longest))
            : wait > TimeSpan.Zero ? new(false, default, wait)
            : Hidden(s_second);
    }

    /// <summary>After a look that failed.</summary>
    public static ClockTurn AfterFault(long looks, TimeSpan longest) => Hidden(Whole(s_missing * Math.Min(looks, 100), longest));

    /// <summary>A wait as a queue can hide: early is better than late.</summary>
    public static TimeSpan Whole(TimeSpan wait, TimeSpan longest) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero : wait >= longest ? longest : TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds));

    private static ClockTurn Over => new(true, default, default);

    private static ClockTurn Hidden(TimeSpan hide) => new(false, hide, default);
}
