using Microsoft.Extensions.Options;

namespace Mfa.VirtualPhone;

/// <summary>The virtual telephone network.</summary>
public static class VirtualPhoneNetwork
{
    /// <summary>
    /// Builds the network; the caller starts it. It reads its settings from <paramref name="args"/> and the environment
    /// (<c>VirtualPhone__…</c>) and nothing else, so it can live in another program without reading that program's.
    /// </summary>
    /// <param name="args">Settings as <c>--VirtualPhone:Url=…</c>.</param>
    /// <param name="configure">Has the last word on the settings, and may keep them.</param>
    /// <param name="time">The network's only clock; the system's where null.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong; the message names all of them.</exception>
    public static WebApplication Build(string[] args, Action<VirtualPhoneOptions>? configure = null, TimeProvider? time = null)
    {
        var options = NetworkSettings.Read(args, configure);
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(VirtualPhoneNetwork).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(OptionsCheck.ListensOn(options.Url)!);
        });
        builder.Logging
            .SetMinimumLevel(LogLevel.Warning)
            // Who starts the network hears by exception that it can't, and says it in fewer words.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services
            .AddSingleton(options)
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<EventTokens>()
            .AddSingleton<EventPoster>()
            .AddSingleton<PhoneBook>()
            .AddSingleton<Exchange>()
            .AddSingleton<TextDesk>()
            .AddSingleton<PushBook>()
            .AddSingleton<VapidCheck>()
            .AddSingleton<PushDelivery>()
            .AddSingleton<Repeats<SmsItem>>()
            .AddSingleton<Repeats<Task<IResult>>>();

        TwilioRoutes.Add(builder.Services);
        var app = builder.Build();
        app.Use((HttpContext http, RequestDelegate next) => SecurityHeaders(http, next, options));
        PageFiles.Map(app);
        ConnectionRoutes.Map(app);
        PhoneRoutes.Map(app);
        PushRoutes.Map(app);
        var carrier = app.MapGroup("").AddEndpointFilter<CarrierGate>();
        CallRoutes.Map(carrier);
        MediaRoutes.Map(carrier);
        SmsRoutes.Map(carrier);
        TwilioRoutes.Map(app);
        app.MapFallback(AcsError.NoSuchRoute);
        return app;
    }

    private static Task SecurityHeaders(HttpContext http, RequestDelegate next, VirtualPhoneOptions options)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {(options.FramedBy.Length > 0 ? options.FramedBy : "'none'")}";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return next(http);
    }
}
