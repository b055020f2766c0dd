using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions;

/// <summary>The settings of the Azure head: those that both heads share, the carrier's, and the storage of the Functions host.</summary>
public static class HeadSettings
{
    /// <summary>Reads them; the carrier is null where there is none.</summary>
    /// <exception cref="SettingsException">With every fault.</exception>
    public static (MfaSettings Settings, CarrierConnection? Carrier) Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = MfaSettings.Read(reader);
        var carrier = settings.Carrier.Kind == CarrierKind.None ? null : CarrierConnection.Read(reader);
        if (string.IsNullOrEmpty(configuration["AzureWebJobsStorage"]) && !configuration.GetSection("AzureWebJobsStorage").GetChildren().Any())
        {
            reader.Fault("AzureWebJobsStorage", "is missing: the storage of the Functions host and of its clock, as a connection string or as AzureWebJobsStorage__accountName and the like");
        }

        reader.ThrowOnFaults();
        return (settings, carrier);
    }
}
