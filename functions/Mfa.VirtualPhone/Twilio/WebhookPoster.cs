using System.Net.Sockets;

namespace Mfa.VirtualPhone;

/// <summary>Makes webhooks' requests, signed, and again where the address says so.</summary>
internal sealed class WebhookPoster : IDisposable
{
    private static readonly HttpRequestOptionsKey<TimeSpan> Connect = new("connect");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = Open,
        // One that a server has just closed would be no failure to connect, and not be tried again.
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    private readonly VirtualPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;

    public WebhookPoster(VirtualPhoneOptions options, TimeProvider time, IHostApplicationLifetime life) =>
        (_options, _time, _stop) = (options, time, life.ApplicationStopping);

    /// <returns>The last answer; null where there was none.</returns>
    public async Task<WebhookAnswer?> Post(Webhook hook)
    {
        var how = hook.To.Connection;
        using var total = new CancellationTokenSource(how.Total, _time);
        for (var tries = 0; ; tries++)
        {
            var (answer, fault) = await Try(hook, total.Token);
            if (fault is null || tries == how.Retries || !how.RetriedOn.Contains(fault) || total.IsCancellationRequested || _stop.IsCancellationRequested) { return answer; }
        }
    }

    /// <returns>What it would be tried again for, in the words of the overrides; null where it is good.</returns>
    private async Task<(WebhookAnswer? Answer, string? Fault)> Try(Webhook hook, CancellationToken total)
    {
        using var patience = new CancellationTokenSource(hook.To.Connection.Read, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, total, _stop);
        try
        {
            using var request = hook.Request(_options.TwilioAuthToken);
            request.Options.Set(Connect, hook.To.Connection.Connect);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop.Token);
            var answer = new WebhookAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(stop.Token));
            return (answer, answer.Status >= 500 ? "5xx" : answer.Status >= 400 ? "4xx" : null);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return (null, "ct");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            return (null, "rt");
        }
    }

    private static async ValueTask<Stream> Open(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            context.InitialRequestMessage.Options.TryGetValue(Connect, out var patience);
            await socket.ConnectAsync(context.DnsEndPoint, stop).AsTask().WaitAsync(patience, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (TimeoutException late)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connecting took too long.", late);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}
