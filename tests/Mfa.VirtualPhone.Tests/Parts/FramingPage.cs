using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A page of another origin with a field to be busy with, and a phone in a frame.</summary>
internal sealed class FramingPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FramingPage(WebApplication app) => _app = app;

    public string Origin => _app.Urls.Single();

    /// <summary>What the frame shows.</summary>
    public string Shows { get; set; } = "";

    public static async Task<FramingPage> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var page = new FramingPage(builder.Build());
        page._app.MapGet("/", () => Results.Content(
            $"<!doctype html><title>Page</title><link rel=icon href=data:,><input autofocus><iframe src='{page.Shows}' width=360 height=680 allow='clipboard-read; clipboard-write'></iframe>", "text/html"));
        await page._app.StartAsync();
        return page;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
