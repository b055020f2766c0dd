using System.Text.RegularExpressions;

namespace Mfa.Web.Twilio;

/// <summary>How Twilio is reached, and what proves its callbacks.</summary>
/// <param name="AccountSid">The account: AC and 32 hexadecimal digits.</param>
/// <param name="AuthTokens">The account's auth token, with which callbacks are signed; two while one replaces the other.</param>
/// <param name="Key">The API key that requests are made with, and its secret; null where they are made with the first auth token.</param>
/// <param name="From">The number that calls come from, and texts where there is no messaging service; E.164.</param>
/// <param name="MessagingService">The messaging service that texts go by: MG and 32 hexadecimal digits; null for none.</param>
/// <param name="Endpoint">The base of its addresses.</param>
public sealed partial record TwilioSettings(string AccountSid, IReadOnlyList<string> AuthTokens, (string Sid, string Secret)? Key, string From, string? MessagingService, Uri Endpoint)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => nameof(TwilioSettings);

    public static TwilioSettings Read(SettingsReader reader) => new(
        Sid(reader, "Twilio:AccountSid", "AC", reader.Required("Twilio:AccountSid", "the SID of the Twilio account: AC and 32 hexadecimal digits")),
        reader.Secrets("Twilio:AuthTokens", "the account's auth token"),
        ReadKey(reader),
        reader.Number("Twilio:From", "the number that calls and texts come from"),
        reader.Optional("Twilio:MessagingService") is { } service ? Sid(reader, "Twilio:MessagingService", "MG", service) : null,
        ReadEndpoint(reader));

    private static (string Sid, string Secret)? ReadKey(SettingsReader reader)
    {
        var (sid, secret) = (reader.Optional("Twilio:ApiKey"), reader.Optional("Twilio:ApiSecret"));
        if (sid is null && secret is null)
        {
            return null;
        }

        if (sid is null || secret is null)
        {
            reader.Fault(sid is null ? "Twilio:ApiKey" : "Twilio:ApiSecret", "is missing: an API key and its secret go together");
        }

        return (Sid(reader, "Twilio:ApiKey", "SK", sid ?? ""), secret ?? "");
    }

    // The key goes there with every request.
    private static Uri ReadEndpoint(SettingsReader reader)
    {
        var otherwise = new Uri("https://api.twilio.com/");
        if (reader.Optional("Twilio:Endpoint") is null)
        {
            return otherwise;
        }

        var address = reader.Address("Twilio:Endpoint", "");
        if (address is { Scheme: "http", IsLoopback: false } && address.Host != "invalid.invalid")
        {
            reader.Fault("Twilio:Endpoint", "is not https");
        }
        else if (address.PathAndQuery != "/")
        {
            reader.Fault("Twilio:Endpoint", "has a path: it is a host, such as https://api.dublin.ie1.twilio.com");
        }

        return address;
    }

    private static string Sid(SettingsReader reader, string name, string prefix, string sid)
    {
        if (sid.Length > 0 && !(sid.StartsWith(prefix, StringComparison.Ordinal) && Hex().IsMatch(sid[prefix.Length..])))
        {
            reader.Fault(name, $"is not {prefix} and 32 hexadecimal digits");
        }

        return sid;
    }

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex Hex();
}
