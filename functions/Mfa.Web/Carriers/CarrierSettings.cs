using Mfa.Core;

namespace Mfa.Web;

/// <summary>The carriers there are.</summary>
public enum CarrierKind
{
    /// <summary>Azure Communication Services, or whatever speaks its protocol.</summary>
    Acs,

    /// <summary>None: authenticator apps only. Phones are refused, and no callback is believed.</summary>
    None,
}

/// <summary>The carrier's side of the callbacks.</summary>
/// <param name="Kind">Which carrier.</param>
/// <param name="From">The number that texts and calls come from, as E.164.</param>
/// <param name="CallbackIssuer">Who signs call events.</param>
/// <param name="CallbackAudience">Whom they are for: the carrier resource's immutable id.</param>
/// <param name="CallbackOpenId">The document that names the keys.</param>
/// <param name="TextEventsHeader">The delivery header that proves text events.</param>
/// <param name="TextEventsSecrets">What it may hold; two while one replaces the other.</param>
/// <param name="RequireHttps">Whether the document must be reached by https.</param>
public sealed record CarrierSettings(
    CarrierKind Kind, string From, string CallbackIssuer, string CallbackAudience, Uri CallbackOpenId, string TextEventsHeader, IReadOnlyList<string> TextEventsSecrets, bool RequireHttps)
{
    private const int SecretAtLeast = 16;

    /// <summary>Whether texts and calls can be asked for.</summary>
    public bool HasPhones => Kind != CarrierKind.None;

    /// <summary>Prints no secret.</summary>
    public override string ToString() => nameof(CarrierSettings);

    public static CarrierSettings Read(SettingsReader reader)
    {
        const string otherwise = "X-Mfa-Events-Secret";
        if (reader.Choice("Carrier:Kind", CarrierKind.Acs) == CarrierKind.None)
        {
            return new(CarrierKind.None, "", "", "", new Uri("http://invalid.invalid/"), otherwise, [], RequireHttps: true);
        }

        var text = reader.Required("Carrier:TextEventsSecrets", "the secret in the delivery header of text events; two with a comma between while one replaces the other");
        var secrets = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (text.Length > 0 && (secrets.Length is 0 or > 2 || secrets.Any(s => s.Length < SecretAtLeast)))
        {
            reader.Fault("Carrier:TextEventsSecrets", $"is not one or two secrets, each of at least {SecretAtLeast} characters");
        }

        // A short code or a name could text, and never call.
        var from = reader.Required("Carrier:From", "the number that texts and calls come from");
        if (from.Length > 0 && !PhoneNumber.IsE164(from))
        {
            reader.Fault("Carrier:From", "is not an E.164 number: + and 2 to 15 digits, without spaces");
        }

        return new(
            CarrierKind.Acs,
            from,
            reader.Required("Carrier:CallbackIssuer", "the issuer of the carrier's call events"),
            reader.Required("Carrier:CallbackAudience", "the audience of the carrier's call events: the carrier resource's immutable id"),
            reader.Address("Carrier:CallbackOpenId", "the address of the carrier's OIDC document"),
            reader.Optional("Carrier:TextEventsHeader") ?? otherwise,
            secrets,
            reader.Flag("Carrier:RequireHttps", true));
    }
}
