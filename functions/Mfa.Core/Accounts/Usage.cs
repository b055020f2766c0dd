using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>
/// What an account has used up with one kind of method and not proved. Only the latest enrollment of a kind is open, so the
/// counts travel with it: the account hands them to an enrollment, and takes them back when the next one begins.
/// </summary>
public sealed record Usage
{
    /// <summary>The UTC day of the daily counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Texts and calls asked for today.</summary>
    public int Sends { get; init; }

    /// <summary>The numbers that were new today, by their partition keys.</summary>
    public ImmutableArray<string> Numbers { get; init; } = [];

    /// <summary>Wrong codes in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When the last of them was entered.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>The counts as they stand on this day.</summary>
    public Usage On(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return Day == today ? this : this with { Day = today, Sends = 0, Numbers = [] };
    }
}
