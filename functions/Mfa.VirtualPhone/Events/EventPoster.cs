using System.Net.Http.Headers;

namespace Mfa.VirtualPhone;

/// <summary>Posts events, proved as the real network's are, and again later where they don't arrive.</summary>
internal sealed class EventPoster : IDisposable
{
    /// <summary>More events than this don't wait for a receiver that is down; the rest is dropped.</summary>
    private const int MostWaiting = 10_000;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly VirtualPhoneOptions _options;
    private readonly EventTokens _tokens;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;
    private readonly ILogger<EventPoster> _log;
    private int _waiting;

    public EventPoster(VirtualPhoneOptions options, EventTokens tokens, TimeProvider time, IHostApplicationLifetime life, ILogger<EventPoster> log)
    {
        (_options, _tokens, _time, _stop, _log) = (options, tokens, time, life.ApplicationStopping, log);
    }

    /// <summary>Posts the event once; returns when it arrived, or when it is left to the retries.</summary>
    public async Task Post(OutgoingEvent due)
    {
        if (!await Try(due, 0)) { _ = Task.Run(() => Retry(due)); }
    }

    private async Task Retry(OutgoingEvent due)
    {
        if (Interlocked.Increment(ref _waiting) <= MostWaiting)
        {
            var count = 0;
            foreach (var delay in RetrySchedule.For(due, _options.EventRetry))
            {
                await Task.Delay(delay, _time, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_stop.IsCancellationRequested || await Try(due, ++count)) { break; }
            }
        }
        else
        {
            _log.LogWarning("An event was dropped: {Count} others wait for their receiver.", MostWaiting);
        }

        Interlocked.Decrement(ref _waiting);
    }

    /// <summary>True when the event arrived, or when posting it again is of no use.</summary>
    private async Task<bool> Try(OutgoingEvent due, int count)
    {
        using var patience = new CancellationTokenSource(_options.EventTimeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop);
        try
        {
            using var request = Request(due, count);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return answer.IsSuccessStatusCode || !RetrySchedule.WorthIt((int)answer.StatusCode);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            return _stop.IsCancellationRequested;
        }
    }

    private HttpRequestMessage Request(OutgoingEvent due, int count)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, due.To) { Content = new ByteArrayContent(due.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        if (due.OfCall)
        {
            request.Headers.Authorization = new("Bearer", _tokens.New());
            return request;
        }

        request.Headers.Add("aeg-event-type", "Notification");
        request.Headers.Add("aeg-delivery-count", $"{count}");
        if (_options.TextEventsSecret.Length > 0) { request.Headers.TryAddWithoutValidation(_options.TextEventsHeader, _options.TextEventsSecret); }
        return request;
    }

    public void Dispose() => _http.Dispose();
}
