using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mfa.Client;

/// <summary>Registers the client.</summary>
public static class MfaClientServices
{
    internal const string HttpClientName = "Mfa.Client";

    /// <summary>Adds <see cref="MfaClient"/>. The builder changes how its requests go out: a proxy, say.</summary>
    /// <exception cref="ArgumentException">Options are wrong; all faults are named.</exception>
    public static IHttpClientBuilder AddMfaClient(this IServiceCollection services, Action<MfaClientOptions> configure)
    {
        var options = new MfaClientOptions();
        configure(options);
        options.Check();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options).AddSingleton<MfaClient>();
        return services
            .AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A token goes to the service, and nowhere else.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
    }
}
