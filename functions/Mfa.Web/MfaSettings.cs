using Mfa.Core;
using Mfa.Pages;

namespace Mfa.Web;

/// <summary>All settings that both heads share, read and checked at start.</summary>
public sealed record MfaSettings(
    ServiceSettings Service,
    StorageSettings Storage,
    AuthSettings Auth,
    ClientSettings Clients,
    KeyRing Keys,
    AssertionKeys AssertionKeys,
    CarrierSettings Carrier,
    PushSettings Push,
    VerificationPolicy Verifications,
    AccountPolicy Accounts,
    AllowedRegions Regions,
    PageOptions Pages,
    ExternalMfaSettings ExternalMfa,
    OpenIdClients OpenIdClients)
{
    /// <summary>Reads them; the reader has the faults, and the head throws them together with those of its own settings.</summary>
    public static MfaSettings Read(SettingsReader reader)
    {
        var (service, auth, clients, carrier) = (ServiceSettings.Read(reader), AuthSettings.Read(reader), ClientSettings.Read(reader), CarrierSettings.Read(reader));
        return new(
            service,
            StorageSettings.Read(reader),
            auth,
            clients,
            KeyRing.Read(reader),
            AssertionKeys.Read(reader),
            carrier,
            PushSettings.Read(reader),
            PolicySettings.ReadVerifications(reader) with { Carrier = Carriers.NameOf(carrier.Kind), Fallback = carrier.Fallback is { } other ? Carriers.NameOf(other) : null },
            PolicySettings.ReadAccounts(reader),
            PolicySettings.ReadRegions(reader),
            PageSettings.Read(reader, service, auth.Authority),
            ExternalMfaSettings.Read(reader, clients),
            OpenIdClients.Read(reader, service));
    }
}
