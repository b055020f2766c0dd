using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Pages.Tests;

/// <summary>The app's files alone, in one version or the next: a head has only one.</summary>
internal sealed class AppFiles : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AppFiles(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>What the version is called; that of the files where null.</summary>
    public string? Version { get; set; }

    public static async Task<AppFiles> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var files = new AppFiles(builder.Build());
        files._app.MapGet(AuthenticatorPages.Path + "/{**file}", (HttpRequest request) => AuthenticatorPages.Answer(request));
        files._app.MapGet(AuthenticatorPages.Path + "/sw.js", files.WorkerAsync);
        await files._app.StartAsync();
        return files;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private async Task<IResult> WorkerAsync(HttpRequest request)
    {
        var ours = AuthenticatorPages.Answer(request);
        return Version is null ? ours : Results.Text((await File.ReadAllTextAsync(Path.Combine(Folders.App, "sw.js"))).Replace("unversioned", Version, StringComparison.Ordinal), "text/javascript");
    }
}
