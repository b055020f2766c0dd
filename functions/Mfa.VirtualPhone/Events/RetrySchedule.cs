namespace Mfa.VirtualPhone;

/// <summary>When an event that did not arrive is posted again, in steps of <see cref="VirtualPhoneOptions.EventRetry"/>.</summary>
internal static class RetrySchedule
{
    private static readonly int[] CallSteps = [1, 2, 4, 8, 16, 32, 60, 60, 60];

    /// <summary>Event Grid: 10 s, 30 s, 1 min, 5 min, 10 min. It goes on for a day; a laptop needs no more than this.</summary>
    private static readonly int[] TextSteps = [10, 30, 60, 300, 600];

    public static IEnumerable<TimeSpan> For(OutgoingEvent due, TimeSpan step) =>
        (due.OfCall ? CallSteps : TextSteps).Select(steps => steps * step);

    /// <summary>A receiver that says the event itself is wrong doesn't get it again.</summary>
    public static bool WorthIt(int status) => status is 408 or 429 or >= 500;
}
