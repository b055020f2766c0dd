namespace Mfa.Core;

/// <summary>The limits of an account, and of the numbers that it sends to.</summary>
public sealed record AccountPolicy
{
    /// <summary>The life of an enrollment, renewed by each verification in it.</summary>
    public TimeSpan EnrollmentLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How old the second step of a sensitive change may be.</summary>
    public TimeSpan SecondStepWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>New numbers that an account may try in a day.</summary>
    public int NewNumbersADay { get; init; } = 3;

    /// <summary>Texts and calls of an account in a day to numbers that it hasn't proved.</summary>
    public int UnprovedSendsADay { get; init; } = 10;

    /// <summary>Texts and calls to one number in an hour, by all accounts that haven't proved it.</summary>
    public int NumberSendsAnHour { get; init; } = 5;

    /// <summary>The same in a day.</summary>
    public int NumberSendsADay { get; init; } = 10;

    /// <summary>Texts and calls to one number in an hour, by an account that has proved it.</summary>
    public int OwnerSendsAnHour { get; init; } = 10;

    /// <summary>Wrong codes in a row before the waits begin.</summary>
    public int FailuresBeforeWait { get; init; } = 10;

    /// <summary>The first wait; each failure doubles it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wrong codes in a row that lock the method until an admin unblocks it.</summary>
    public int FailuresBeforeLock { get; init; } = 100;

    /// <summary>How long a method rests after a fraud report.</summary>
    public TimeSpan FraudPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an Idempotency-Key is remembered.</summary>
    public TimeSpan RepeatWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an enrollment is kept after its end, with its verification.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);
}
