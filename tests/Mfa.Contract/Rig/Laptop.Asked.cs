namespace Mfa.Contract;

/// <summary>What storage and the carriers are asked for, and where these tell.</summary>
public sealed partial class Laptop
{
    /// <summary>Whether storage is asked for copies for the feed: those of a second go together, a second later, off every way, and nobody waits for them.</summary>
    public bool IsOfFeed(Tapped request) => request.Body.Contains(Settings["Storage:TablePrefix"] + "audit", StringComparison.Ordinal);

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
