using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mfa.Client;

/// <summary>Sends requests with the application's token, and repeats those that got no answer. Each says by its key, or by what it is, that it is the same one.</summary>
internal sealed class Sender(IHttpClientFactory http, MfaClientOptions options, TokenSource tokens, TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pauseAtMost = TimeSpan.FromSeconds(5);

    /// <exception cref="MfaAwayException">No answer, however often it was asked.</exception>
    public async Task<Answer> SendAsync(Ask ask, CancellationToken cancel)
    {
        string? refused = null;
        for (var tried = 0; ; tried++)
        {
            Exception? why = null;
            TimeSpan? after = null;
            try
            {
                var token = await tokens.GetAsync(refused, cancel);
                var answer = await OnceAsync(ask, token, cancel);
                if (answer.Status == 401 && refused is null && options.Credentials is not null)
                {
                    refused = token;
                    continue;
                }

                if (answer.Status is not (502 or 503 or 504))
                {
                    return answer;
                }

                (why, after) = (new HttpRequestException($"The answer was {answer.Status}."), answer.RetryAfter);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                why = e;
            }

            if (tried >= options.Retries)
            {
                throw new MfaAwayException("The second-step service gave no answer.", why);
            }

            var pause = after ?? s_firstPause * Math.Pow(2, tried);
            await Task.Delay(pause < s_pauseAtMost ? pause : s_pauseAtMost, time, cancel);
        }
    }

    /// <summary>Whether the service answers that it is well.</summary>
    public async Task<bool> IsWellAsync(CancellationToken cancel)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        cut.CancelAfter(options.Timeout);
        try
        {
            using var client = http.CreateClient(MfaClientServices.HttpClientName);
            using var answer = await client.GetAsync(new Uri(options.BaseAddress!, "/healthz"), cut.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<Answer> OnceAsync(Ask ask, string token, CancellationToken cancel)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        cut.CancelAfter(options.Timeout + ask.Waits);
        using var client = http.CreateClient(MfaClientServices.HttpClientName);
        using var request = new HttpRequestMessage(ask.Method, new Uri(options.BaseAddress!, "/api/v1/" + ask.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (ask.Key is { } key)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (ask.Body is { } body)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), Wire.Options), Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, cut.Token);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cut.Token), RetryAfter(answer));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
}
