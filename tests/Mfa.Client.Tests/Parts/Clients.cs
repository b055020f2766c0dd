using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Client.Tests;

/// <summary>Clients as a relying party registers them.</summary>
internal static class Clients
{
    public const string Issuer = "https://mfa.example";

    /// <param name="url">The service.</param>
    /// <param name="change">Changes the usual options.</param>
    /// <param name="time">Its clock; the real one where null.</param>
    /// <param name="log">Takes its log lines.</param>
    public static ServiceProvider Of(string url, Action<MfaClientOptions>? change = null, TimeProvider? time = null, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddProvider(log ?? new Seen()));
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddMfaClient(o =>
        {
            (o.BaseAddress, o.Issuer, o.ClientId, o.Tenant) = (new(url), Issuer, "shop", "contoso");
            o.Token = _ => ValueTask.FromResult("none");
            change?.Invoke(o);
        });
        return services.BuildServiceProvider();
    }
}
