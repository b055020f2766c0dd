using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>What an account has used up on one day, with all kinds of method together.</summary>
public sealed record Today
{
    /// <summary>The UTC day of the counts.</summary>
    public DateOnly Day { get; init; }

    /// <summary>What was opened.</summary>
    public int Opens { get; init; }

    /// <summary>Second steps that relying parties asked for.</summary>
    public int Challenges { get; init; }

    /// <summary>Second steps that the account's own settings page asked for.</summary>
    public int OwnChallenges { get; init; }

    /// <summary>Second steps that browsers asked for which came from the first one.</summary>
    public int BrowserChallenges { get; init; }

    /// <summary>How often "Contact me" started a verification.</summary>
    public int Contacts { get; init; }

    /// <summary>Texts and calls that were asked for.</summary>
    public int Sends { get; init; }

    /// <summary>Wrong app passwords, of all relying parties.</summary>
    public int WrongPasswords { get; init; }

    /// <summary>Those of them that went to numbers which the account had not proved.</summary>
    public int UnprovedSends { get; init; }

    /// <summary>The numbers that were new, by their partition keys; one that is proved is new no more.</summary>
    public ImmutableArray<string> Numbers { get; init; } = [];

    /// <summary>The counts as they stand at this time: nothing on a new day. An instance whose clock is behind begins no older one.</summary>
    public Today On(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return Day >= day ? this : new() { Day = day };
    }

    /// <summary>When the next day begins.</summary>
    public static DateTimeOffset Ends(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
