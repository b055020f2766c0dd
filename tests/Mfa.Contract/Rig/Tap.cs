using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mfa.Contract;

/// <summary>What a tap does with a request.</summary>
public enum Pass
{
    /// <summary>Forward it, and bring the answer back.</summary>
    Through,

    /// <summary>Break the connection before the other side sees it.</summary>
    Cut,

    /// <summary>Answer 503 in the other side's place.</summary>
    Refuse,

    /// <summary>Answer 429 in the other side's place: it was asked too often.</summary>
    TooMany,

    /// <summary>Answer 401 in the other side's place: it does not let us in.</summary>
    LockOut,

    /// <summary>Answer 400 in the other side's place: it will never do this.</summary>
    Reject,

    /// <summary>Let the other side do it, and break the connection instead of bringing the answer back.</summary>
    LoseAnswer,
}

/// <summary>A request that went through a tap.</summary>
public sealed record Tapped(int Number, string Method, string Path, string Body, string Authorization)
{
    public bool IsWrite => Method is not ("GET" or "HEAD");
}

/// <summary>
/// A wire that can be listened to, slowed down and cut: real HTTP between a head and its storage or its carrier. Requests are
/// counted in the order in which they come.
/// </summary>
public sealed class Tap : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None });
    private int _count;

    private Tap(WebApplication app, Uri target) => (_app, Target) = (app, target);

    /// <summary>Every request since the last <see cref="Forget"/>.</summary>
    public ConcurrentQueue<Tapped> Requests { get; } = new();

    /// <summary>Decides on each request; may take its time.</summary>
    public Func<Tapped, Task<Pass>>? Decide { get; set; }

    /// <summary>Called when the other side has done it, before the answer goes back, and decides whether it does.</summary>
    public Func<Tapped, Task<Pass>>? Done { get; set; }

    /// <summary>Called with each answer's body.</summary>
    public Action<Tapped, string>? Answered { get; set; }

    /// <summary>Whether the other side is gone.</summary>
    public bool Down { get; set; }

    public string Url { get; private set; } = "";

    /// <summary>The other side.</summary>
    public Uri Target { get; set; }

    public static async Task<Tap> StartAsync(string target, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, port));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var tap = new Tap(app, new Uri(target));
        app.Run(tap.ForwardAsync);
        await app.StartAsync();
        tap.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return tap;
    }

    public void Forget() => Requests.Clear();

    public int Count(Func<Tapped, bool> which) => Requests.Count(which);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var request = context.Request;
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var tapped = new Tapped(Interlocked.Increment(ref _count), request.Method, request.Path + request.QueryString, System.Text.Encoding.UTF8.GetString(body.ToArray()), request.Headers.Authorization.ToString());
        Requests.Enqueue(tapped);
        var pass = Down ? Pass.Cut : Decide is { } decide ? await decide(tapped) : Pass.Through;
        if (pass == Pass.Cut)
        {
            context.Abort();
            return;
        }

        if (pass is Pass.Refuse or Pass.TooMany or Pass.LockOut or Pass.Reject)
        {
            context.Response.StatusCode = pass switch { Pass.Refuse => 503, Pass.TooMany => 429, Pass.LockOut => 401, _ => 400 };
            return;
        }

        using var forwarded = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Target, request.Path.ToUriComponent() + request.QueryString));
        if (body.Length > 0 || request.ContentLength > 0)
        {
            forwarded.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var (name, values) in request.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Transfer-Encoding" or "Connection" or "Expect")))
        {
            if (!forwarded.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!))
            {
                forwarded.Content ??= new ByteArrayContent([]);
                forwarded.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
            }
        }

        // Signed requests name the host that the client spoke to.
        forwarded.Headers.Host = request.Host.Value;
        using var answer = await _http.SendAsync(forwarded, HttpCompletionOption.ResponseContentRead, CancellationToken.None);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Answered?.Invoke(tapped, System.Text.Encoding.UTF8.GetString(bytes));
        if (Done is { } done)
        {
            pass = await done(tapped) == Pass.LoseAnswer ? Pass.LoseAnswer : pass;
        }

        if (pass == Pass.LoseAnswer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive" or "Content-Length")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (bytes.Length > 0)
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }
}
