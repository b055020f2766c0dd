using Mfa.Web;

namespace Mfa.Local;

/// <summary>How fast the clock goes.</summary>
/// <param name="LooksEvery">The longest that a verification is not looked at.</param>
/// <param name="Hold">How long a look may take; if this process dies in it, the next look comes after this.</param>
public sealed record ClockPace(TimeSpan LooksEvery, TimeSpan Hold)
{
    /// <summary>A minute, and as long as an effect's lease: nothing could be done earlier anyway.</summary>
    public static ClockPace Usual { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    public static ClockPace Read(SettingsReader reader) =>
        new(Seconds(reader, "Local:LooksEvery", Usual.LooksEvery), Seconds(reader, "Local:ClockHold", Usual.Hold));

    // Queues count in whole seconds.
    private static TimeSpan Seconds(SettingsReader reader, string name, TimeSpan otherwise)
    {
        var span = reader.Duration(name, otherwise);
        if (span < TimeSpan.FromSeconds(1))
        {
            reader.Fault(name, "is shorter than a second");
        }

        return span;
    }
}
