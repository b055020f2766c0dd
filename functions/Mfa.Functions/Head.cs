using Azure.Core;
using Azure.Identity;
using Mfa.Acs;
using Mfa.Twilio;
using Mfa.Web;
using Mfa.Web.Acs;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions;

/// <summary>What Azure adds to the parts that both heads share.</summary>
public static class Head
{
    /// <summary>A builder whose settings are read once: it does not watch the folder that it was started in for changes of them.</summary>
    public static FunctionsApplicationBuilder Builder(string[] args)
    {
        // By the environment: the builder reads its files before it reads its arguments.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        return builder;
    }

    /// <summary>Registers all of it.</summary>
    /// <exception cref="SettingsException">With every fault of the settings.</exception>
    public static void Add(FunctionsApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = AcsDefaults.Settings });
        var (settings, carrier) = HeadSettings.Read(builder.Configuration, AcsSdks.AreHere);
        var services = builder.Services;
        services.AddMfa(settings);
        // On Azure, AZURE_TOKEN_CREDENTIALS and AZURE_CLIENT_ID name the one identity to use; on a laptop it is whoever signed in.
        services.AddSingleton<TokenCredential>(new DefaultAzureCredential());
        services.AddSingleton<DurableClock>();
        services.AddSingleton<IVerificationClock>(s => s.GetRequiredService<DurableClock>());
        services.AddSingleton(s => new Carriers(settings.Carrier, kind => kind == CarrierKind.Twilio
            ? TwilioCarrier.Set(settings.Carrier.Twilio!, settings.Service, TimeProvider.System, s.GetRequiredService<ILoggerFactory>())
            : new(
                AcsSdks.Carrier(carrier!, settings.Carrier.Acs!.From, s.GetRequiredService<TokenCredential>(), s.GetRequiredService<ILoggerFactory>()),
                new AcsCallbacks(settings.Carrier.Acs!, new HttpClient { Timeout = TimeSpan.FromSeconds(10) }))));
        services.AddHostedService<TablesAtStart>();
        services.AddSingleton<ILogger<VerificationLog>, CountedLines>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Mfa", LogLevel.Information);
    }
}
