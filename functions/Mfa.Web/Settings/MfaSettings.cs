using Mfa.Core;
using Microsoft.Extensions.Configuration;

namespace Mfa.Web;

/// <summary>All settings that both heads share, read and checked at start.</summary>
public sealed record MfaSettings(
    ServiceSettings Service,
    StorageSettings Storage,
    AuthSettings Auth,
    KeyRing Keys,
    AssertionKeys AssertionKeys,
    CarrierSettings Carrier,
    VerificationPolicy Verifications,
    AccountPolicy Accounts,
    AllowedRegions Regions)
{
    /// <exception cref="SettingsException">With every fault.</exception>
    public static MfaSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = new MfaSettings(
            ServiceSettings.Read(reader),
            StorageSettings.Read(reader),
            AuthSettings.Read(reader),
            KeyRing.Read(reader),
            AssertionKeys.Read(reader),
            CarrierSettings.Read(reader),
            PolicySettings.ReadVerifications(reader),
            PolicySettings.ReadAccounts(reader),
            PolicySettings.ReadRegions(reader));
        reader.ThrowOnFaults();
        return settings;
    }
}
