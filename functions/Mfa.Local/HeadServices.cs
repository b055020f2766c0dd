using Mfa.Web;
using Microsoft.Extensions.Logging.Console;

namespace Mfa.Local;

/// <summary>What a laptop adds to the parts that both heads share, and the routes it maps.</summary>
public static class HeadServices
{
    /// <summary>Registers all of it.</summary>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    public static void Add(WebApplicationBuilder builder, LocalSettings local, NetworkConnection? network, TimeProvider time)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddSingleton(time);
        var reader = new SettingsReader(configuration);
        var settings = MfaSettings.Read(reader);
        services.AddMfa(settings);
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        services.AddSingleton(DevTokens.Read(reader, time, local.TokenLifetime));
        services.AddSingleton(new AuthorizationCodes(time));
        services.AddSingleton<DemoAccounts>().AddSingleton<HeldPhones>();
        services.AddSingleton(s => LaptopCarriers.Of(settings.Carrier, settings.Service, network, time, s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(new QueueClock(settings.Storage.ConnectionString, local.Queue, local.Pace, time));
        services.AddSingleton(local.Pace);
        services.AddSingleton<IVerificationClock>(s => s.GetRequiredService<QueueClock>());
        services.AddSingleton<Advance>(s => s.GetRequiredService<VerificationAdvance>().AdvanceAsync);
        if (local.ClockRuns)
        {
            services.AddHostedService<ClockWorker>();
            services.AddHostedService<PurgeWorker>();
        }
    }

    /// <summary>Maps the routes of the contract, and those that only a laptop has.</summary>
    /// <param name="app">The application.</param>
    /// <param name="phones">Where the phones are; null where the carrier calls real ones.</param>
    public static void Map(WebApplication app, Uri? phones)
    {
        // Each endpoint authenticates by itself, as in the Azure head; otherwise a middleware would do so before it, too.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        foreach (var route in Routes.All)
        {
            var mapped = app.MapMethods("/" + route.Template.TrimStart('/'), route.Methods, (HttpContext http, EndpointRunner runner) => runner.RunAsync(route, http.Request));
            if (route.Name is "GetSetUpPage" or "GetSettingsPage")
            {
                mapped.AddEndpointFilter<OneOrigin>();
            }
        }

        var dev = app.MapGroup("/dev").AddEndpointFilter<LoopbackGate>();
        DevIssuerRoutes.Map(dev);
        SignInRoutes.Map(dev);
        DevPageRoutes.Map(dev, phones);
    }

    /// <summary>One line for each log entry, warnings and our own news only.</summary>
    public static void Log(ILoggingBuilder logging) => logging
        .ClearProviders()
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Mfa", LogLevel.Information)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });

    /// <summary>Signals are the program's, from its first line on; a head in a test has none.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
