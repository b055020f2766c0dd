namespace Mfa.Contract;

/// <summary>What the carriers are asked for, and where they tell.</summary>
public sealed partial class Laptop
{
    /// <summary>How often a text was asked for, by whichever wire.</summary>
    public int TextsAskedFor => Carrier.Count(r => IsAsked(r, "/sms?", "/Messages.json"));

    /// <summary>How often a call was asked for.</summary>
    public int CallsAskedFor => Carrier.Count(r => IsAsked(r, "/calling/callConnections?", "/Calls.json"));

    private static bool IsAsked(Tapped request, string byAcs, string byTwilio) =>
        request.Method == "POST" && (request.Path.StartsWith(byAcs, StringComparison.Ordinal) || request.Path.EndsWith(byTwilio, StringComparison.Ordinal));

    /// <summary>Where replies and delivery reports go.</summary>
    public void SendTextEventsTo(string url)
    {
        _options!.TextEventsUrl = url + "/callbacks/texts";
        // Twilio tries again what was not taken, where it is told so.
        _options.TwilioTextsUrl = _options.TextEventsUrl + "#rc=5&rp=all";
    }
}
