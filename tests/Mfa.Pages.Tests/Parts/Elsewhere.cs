using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Pages.Tests;

/// <summary>A site of another origin: an attacker's, or a company's portal. It shows what it is told to.</summary>
internal sealed class Elsewhere : IAsyncDisposable
{
    private readonly WebApplication _site;

    private Elsewhere(WebApplication site) => _site = site;

    /// <summary>Its origin.</summary>
    public string Url => _site.Urls.Single();

    public static async Task<Elsewhere> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.MapGet("/", (HttpRequest request) => Results.Text($"<!doctype html><title>Elsewhere</title>{request.Query["html"]}", "text/html"));
        await site.StartAsync();
        return new(site);
    }

    /// <summary>The address of a page of it.</summary>
    public string Page(string html) => $"{Url}/?html={Uri.EscapeDataString(html)}";

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(true));
        await _site.DisposeAsync();
    }
}
