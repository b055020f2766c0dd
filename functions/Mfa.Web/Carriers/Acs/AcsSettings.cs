namespace Mfa.Web.Acs;

/// <summary>Azure Communication Services' side of the callbacks.</summary>
/// <param name="From">The number that texts and calls come from, as E.164.</param>
/// <param name="CallbackIssuer">Who signs call events.</param>
/// <param name="CallbackAudience">Whom they are for: the carrier resource's immutable id.</param>
/// <param name="CallbackOpenId">The document that names the keys.</param>
/// <param name="TextEventsHeader">The delivery header that proves text events.</param>
/// <param name="TextEventsSecrets">What it may hold; two while one replaces the other.</param>
/// <param name="RequireHttps">Whether the document must be reached by https.</param>
public sealed record AcsSettings(
    string From, string CallbackIssuer, string CallbackAudience, Uri CallbackOpenId, string TextEventsHeader, IReadOnlyList<string> TextEventsSecrets, bool RequireHttps)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => nameof(AcsSettings);

    public static AcsSettings Read(SettingsReader reader) => new(
        // A short code or a name could text, and never call.
        reader.Number("Carrier:From", "the number that texts and calls come from"),
        reader.Required("Carrier:CallbackIssuer", "the issuer of the carrier's call events"),
        reader.Required("Carrier:CallbackAudience", "the audience of the carrier's call events: the carrier resource's immutable id"),
        reader.Address("Carrier:CallbackOpenId", "the address of the carrier's OIDC document"),
        reader.Optional("Carrier:TextEventsHeader") ?? "X-Mfa-Events-Secret",
        reader.Secrets("Carrier:TextEventsSecrets", "the secret in the delivery header of text events"),
        reader.Flag("Carrier:RequireHttps", true));
}
