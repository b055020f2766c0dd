using Azure;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>The laptop head: the whole backend in one process, with the storage and the telephone network that it needs.</summary>
public sealed class LocalHead : IAsyncDisposable
{
    // Settings are read once. The builder would watch the working folder for their files, and there Azurite writes.
    private const string Unwatched = "--hostBuilder:reloadConfigOnChange=false";

    private readonly HeadParts _parts;
    private readonly WebApplication _app;

    private LocalHead(HeadParts parts, WebApplication app, Uri url, Uri? phonesUrl)
    {
        (_parts, _app, Url, PhonesUrl) = (parts, app, url, phonesUrl);
        Ended = Task.Delay(Timeout.Infinite, app.Lifetime.ApplicationStopping).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Where the phones are; null where the telephone network is another program's.</summary>
    public Uri? PhonesUrl { get; }

    /// <summary>Everything that is registered.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Done when it has stopped, also by itself.</summary>
    public Task Ended { get; }

    /// <summary>Starts a head, and whatever it needs and has not been given.</summary>
    /// <param name="args">Settings as <c>--Local:Url=…</c>.</param>
    /// <param name="settings">Settings that win over all others.</param>
    /// <param name="time">The clock; the system's where null.</param>
    /// <param name="logging">Where log lines go; to the console where null.</param>
    /// <param name="services">Has the last word on what is registered.</param>
    /// <param name="say">Takes lines for whoever waits.</param>
    /// <param name="cancel">Stops the start, and ends what was started.</param>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    /// <exception cref="StartException">A port is taken, Node.js is missing, or the like.</exception>
    public static async Task<LocalHead> StartAsync(
        string[] args,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null,
        Action<ILoggingBuilder>? logging = null,
        Action<IServiceCollection>? services = null,
        Action<string>? say = null,
        CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [Unwatched, .. args], ApplicationName = typeof(LocalHead).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        HeadServices.Log(builder.Logging);
        logging?.Invoke(builder.Logging);
        var local = HeadConfiguration.Read(builder.Configuration);
        var parts = new HeadParts();
        try
        {
            return await StartAsync(builder, parts, local, time ?? TimeProvider.System, services, say ?? (_ => { }), cancel);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, and all that it started.</summary>
    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static async Task<LocalHead> StartAsync(
        WebApplicationBuilder builder, HeadParts parts, LocalSettings local, TimeProvider time, Action<IServiceCollection>? services, Action<string> say, CancellationToken cancel)
    {
        var port = parts.Own(ClaimedPort.Claim(local.Url));
        var storage = local.HasStorage ? null : parts.Own(LaptopStorage.Start(new(local.AzuritePort), local.AzuritePath, say));
        var network = local.IsNetworkGiven ? null : parts.Own(await OwnNetwork.StartAsync(builder.Configuration, port.Url, time, cancel));
        HeadConfiguration.Settle(builder.Configuration, local, port.Url, network);

        port.Use(builder.WebHost);
        HeadServices.Add(builder, local, network?.Connection ?? local.Network, time);
        services?.Invoke(builder.Services);
        var app = parts.Own(builder.Build());
        HeadServices.Map(app, network is not null ? new Uri(network.Url) : local.Phones);

        await (storage?.Ready ?? Task.CompletedTask).WaitAsync(cancel);
        await PrepareAsync(app.Services, cancel);
        await app.StartAsync(cancel);
        return new(parts, app, port.Url, network is null ? null : new Uri(network.Url));
    }

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<Tables>().CreateAsync(cancel);
            await services.GetRequiredService<QueueClock>().CreateAsync(cancel);
            await services.GetRequiredService<DemoAccounts>().SeedAsync(cancel);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            var why = (e as RequestFailedException)?.ErrorCode ?? "it does not answer";
            throw new StartException($"The storage that Storage__ConnectionString names can't be used: {why}.", e);
        }
    }
}
