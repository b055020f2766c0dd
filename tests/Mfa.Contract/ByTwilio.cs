namespace Mfa.Contract;

// What holds of one carrier holds of the other: the same tests, by Twilio's wire.

/// <summary>All four ways by Twilio.</summary>
public sealed class FourWaysByTwilio(Storage storage) : FourWays(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);
}

/// <summary>Calls that do not verify, by Twilio.</summary>
public sealed class CallFailuresByTwilio(Storage storage) : CallFailures(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    // Twilio tells the two apart by nothing.
    protected override string Declined => "no-answer";
}

/// <summary>Texts that do not verify, by Twilio.</summary>
public sealed class TextFailuresByTwilio(Storage storage) : TextFailures(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);
}

internal static class ByTwilio
{
    public static Dictionary<string, string?> With(Dictionary<string, string?> settings) => new(settings) { ["Carrier:Kind"] = "twilio" };
}
