using Mfa.Acs;
using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions;

/// <summary>The settings of the Azure head: those that both heads share, the carrier's, and the storage of the Functions host.</summary>
public static class HeadSettings
{
    /// <summary>Reads them; the connection is null where Azure Communication Services is no carrier.</summary>
    /// <param name="configuration">Where they are.</param>
    /// <param name="hasAcs">Whether this build can speak to Azure Communication Services.</param>
    /// <exception cref="SettingsException">With every fault.</exception>
    public static (MfaSettings Settings, AcsConnection? Carrier) Read(IConfiguration configuration, bool hasAcs)
    {
        var reader = new SettingsReader(configuration);
        var settings = MfaSettings.Read(reader);
        var carrier = settings.Carrier.Has(CarrierKind.Acs) ? AcsConnection.Read(reader) : null;
        if (carrier is not null && !hasAcs)
        {
            reader.Fault(settings.Carrier.Kind == CarrierKind.Acs ? "Carrier:Kind" : "Carrier:Fallback", "is acs, as the kind is when nothing is set, and this head was built without Azure Communication Services (MfaWithoutAcs): build it with them, or set twilio or none");
        }

        if (string.IsNullOrEmpty(configuration["AzureWebJobsStorage"]) && !configuration.GetSection("AzureWebJobsStorage").GetChildren().Any())
        {
            reader.Fault("AzureWebJobsStorage", "is missing: the storage of the Functions host and of its clock, as a connection string or as AzureWebJobsStorage__accountName and the like");
        }

        reader.ThrowOnFaults();
        return (settings, carrier);
    }
}
