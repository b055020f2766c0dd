using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

[assembly: AssemblyFixture(typeof(Mfa.Pages.Tests.AppFiles))]

namespace Mfa.Pages.Tests;

/// <summary>The files of the app and of the pages alone, for what takes no service; the app's in one version or the next, where a head has only one.</summary>
public sealed partial class AppFiles : IAsyncLifetime
{
    private WebApplication? _app;

    public string Url => _app!.Urls.Single();

    /// <summary>What the version is called; that of the files where null.</summary>
    public string? Version { get; set; }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet(AuthenticatorPages.Path + "/{**file}", (HttpRequest request) => AuthenticatorPages.Answer(request));
        _app.MapGet(AuthenticatorPages.Path + "/sw.js", Worker);
        var pages = new UserPages(new("Contoso", "https://login.example.com/", "pages", "openid", ["https://login.example.com"], [], [], new(null, null, null), null), Languages.Shipped);
        _app.MapGet("/", (HttpRequest request) => pages.Answer(Page.SetUp, request));
        _app.MapGet("/settings", (HttpRequest request) => pages.Answer(Page.Settings, request));
        _app.MapGet("/sign-in/{id}", (HttpRequest request) => pages.Answer(Page.SignIn, request));
        _app.MapGet("/sign-in", (HttpRequest request) => pages.Answer(Page.FirstStep, request));
        _app.MapGet("/pages/{version}/{file}", (string version, string file, HttpRequest request) => pages.Answer(version, file, request));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
    }

    private IResult Worker(HttpRequest request)
    {
        // Unpacked: it is read here.
        request.Headers.AcceptEncoding = default;
        var ours = AuthenticatorPages.Answer(request);
        return Version is null ? ours : Results.Text(VersionOf().Replace(Encoding.UTF8.GetString(((FileContentHttpResult)ours).FileContents.Span), $"VERSION = \"{Version}\""), "text/javascript");
    }

    [GeneratedRegex("VERSION = \"[0-9a-f]{16}\"")]
    private static partial Regex VersionOf();
}
