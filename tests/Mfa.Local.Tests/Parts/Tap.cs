using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mfa.Local.Tests;

/// <summary>The way from a carrier to the network, on which something may befall its requests.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _target;
    private readonly CancellationTokenSource _over = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    private Tap(WebApplication app, string target) => (_app, _target) = (app, target);

    /// <summary>What befalls a request; null where it passes.</summary>
    public Func<HttpRequest, Fate?> Meets { get; set; } = _ => null;

    /// <summary>Methods and paths of all that came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The bodies of those that the network got.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    public Uri Url => new(_app.Urls.Single());

    public static async Task<Tap> Start(string target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var tap = new Tap(app, target);
        app.Run(tap.PassAsync);
        await app.StartAsync();
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        var request = http.Request;
        Requests.Enqueue($"{request.Method} {request.Path}");
        var fate = Meets(request);
        if (fate is null or { Arrives: true })
        {
            using var answer = await ForwardAsync(request);
            if (fate is null)
            {
                http.Response.StatusCode = (int)answer.StatusCode;
                http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
                await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
                return;
            }
        }

        if (fate.Silent)
        {
            await Task.Delay(Timeout.Infinite, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fate.Status is not { } status)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (fate.RetryAfter is { } after)
        {
            http.Response.Headers.RetryAfter = after;
        }

        await http.Response.WriteAsync(fate.Body);
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        using var forwarded = new HttpRequestMessage(new(request.Method), _target + request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
        {
            Content = body.Length > 0 ? new ByteArrayContent(body.ToArray()) : null,
        };
        foreach (var (name, value) in request.Headers.Where(h => h.Key is not ("Content-Length" or "Connection")))
        {
            // Signed requests name the host that the carrier spoke to.
            if (!forwarded.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                forwarded.Content?.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        return await _http.SendAsync(forwarded);
    }
}

/// <summary>What befalls a request: an answer in the network's place, none at all, or a connection that breaks.</summary>
/// <param name="Status">The answer's status; null for none.</param>
/// <param name="Body">Its body.</param>
/// <param name="RetryAfter">How long it asks to wait.</param>
internal sealed record Fate(int? Status = null, string Body = "", string? RetryAfter = null)
{
    /// <summary>The connection breaks before the network sees it.</summary>
    public static Fate Cut { get; } = new();

    /// <summary>The network does it, and the connection breaks before it has answered.</summary>
    public static Fate LosesAnswer { get; } = new() { Arrives = true };

    /// <summary>Nobody answers.</summary>
    public static Fate Silence { get; } = new() { Silent = true };

    public bool Arrives { get; private init; }

    public bool Silent { get; private init; }
}
