using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Client.Tests;

/// <summary>An issuer's token endpoint; every other path is a page for people.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenServer(WebApplication app) => _app = app;

    /// <summary>What it was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<TokenServer> StartAsync(Func<Task<string>> token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new TokenServer(app);
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            server.Asked.Enqueue($"{form["grant_type"]} {form["client_id"]} {form["client_secret"]} {form["scope"]}");
            return Results.Json(new { access_token = await token(), expires_in = 3600, token_type = "Bearer" });
        });
        app.MapFallback(() => Results.Content("<h1>Maintenance</h1>", "text/html", statusCode: StatusCodes.Status404NotFound));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
