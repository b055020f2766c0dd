namespace Mfa.Web;

/// <summary>Until when a required user may sign in without a second step, as an admin sends it.</summary>
public static class Grace
{
    private const int DaysAtMost = 366;

    /// <summary>The member <c>graceUntil</c>; null where it is missing.</summary>
    public static DateTimeOffset? Until(Fields fields) => fields.Time("graceUntil");

    /// <summary><c>graceUntil</c>, or <c>graceDays</c> from now on; and whether one of them was sent.</summary>
    public static (bool Given, DateTimeOffset? Until) Read(Fields fields, DateTimeOffset now)
    {
        var (until, days) = (Until(fields), fields.Count("graceDays", 0, DaysAtMost));
        if (until is not null && days is not null)
        {
            fields.Fault("graceDays", "can't stand beside graceUntil");
        }

        return (fields.Holds("graceUntil") || days is not null, days is { } some ? (some == 0 ? null : now.AddDays(some)) : until);
    }
}
