using Mfa.Web.Acs;
using Mfa.Web.Twilio;

namespace Mfa.Web;

/// <summary>The carriers there are.</summary>
public enum CarrierKind
{
    /// <summary>Azure Communication Services, or whatever speaks its protocol.</summary>
    Acs,

    /// <summary>None: authenticator apps only. Phones are refused, and no callback is believed.</summary>
    None,

    /// <summary>Twilio, or whatever speaks its protocol.</summary>
    Twilio,
}

/// <summary>Which carriers deliver.</summary>
/// <param name="Kind">The one that texts and calls go by.</param>
/// <param name="Fallback">The one that takes over where that is down; null for none. Its callbacks are believed, too.</param>
/// <param name="Acs">What Azure Communication Services needs, where it is one of them.</param>
/// <param name="Twilio">The same of Twilio.</param>
public sealed record CarrierSettings(CarrierKind Kind, CarrierKind? Fallback, AcsSettings? Acs, TwilioSettings? Twilio)
{
    /// <summary>The number that texts and calls come from; nothing where there is no carrier.</summary>
    public string From => (Kind == CarrierKind.Twilio ? Twilio?.From : Acs?.From) ?? "";

    /// <summary>Whether texts and calls can be asked for.</summary>
    public bool HasPhones => Kind != CarrierKind.None;

    /// <summary>Whether a carrier is one of them.</summary>
    public bool Has(CarrierKind kind) => Kind == kind || Fallback == kind;

    /// <summary>Prints no secret.</summary>
    public override string ToString() => nameof(CarrierSettings);

    public static CarrierSettings Read(SettingsReader reader)
    {
        var kind = reader.Choice("Carrier:Kind", CarrierKind.Acs);
        var other = reader.Choice("Carrier:Fallback", CarrierKind.None);
        if (other != CarrierKind.None && (kind == CarrierKind.None || other == kind))
        {
            reader.Fault("Carrier:Fallback", kind == CarrierKind.None ? "can't stand without a carrier in Carrier__Kind" : "is the carrier of Carrier__Kind: it takes over from another");
        }

        var set = new CarrierSettings(kind, other == CarrierKind.None ? null : other, null, null);
        return set with
        {
            Acs = set.Has(CarrierKind.Acs) ? AcsSettings.Read(reader) : null,
            Twilio = set.Has(CarrierKind.Twilio) ? TwilioSettings.Read(reader) : null,
        };
    }
}
