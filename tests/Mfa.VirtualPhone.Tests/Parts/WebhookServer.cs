using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A client's server: it takes webhooks that are signed as Twilio's document says, and answers TwiML.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly WebApplication _app;
    private readonly string _token;
    private readonly List<Hook> _waiting = [];
    private readonly SemaphoreSlim _came = new(0);

    private WebhookServer(WebApplication app, string token) => (_app, _token) = (app, token);

    public string Address => _app.Urls.Single();

    public ConcurrentQueue<Hook> All { get; } = [];

    /// <summary>What is answered: a status and TwiML.</summary>
    public Func<Hook, Task<(int Status, string Body)>> Answers { get; set; } = _ => Task.FromResult((200, "<Response/>"));

    public string? Type { get; set; } = "text/xml";

    public static async Task<WebhookServer> Start(Network net)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var server = new WebhookServer(builder.Build(), net.Options.TwilioAuthToken);
        server._app.Map("/{**path}", server.Receive);
        await server._app.StartAsync();
        return server;
    }

    public string At(string path) => $"{Address}/{path}";

    /// <summary>Answers the same TwiML at a path, each time.</summary>
    public void Says(string path, string twiml)
    {
        var others = Answers;
        Answers = hook => hook.Path == $"/{path}" ? Task.FromResult((200, $"<Response>{twiml}</Response>")) : others(hook);
    }

    /// <summary>The next webhook at this path, and takes it.</summary>
    public async Task<Hook> Next(string path)
    {
        while (true)
        {
            lock (_waiting)
            {
                if (_waiting.Find(one => one.Path == $"/{path}") is { } found)
                {
                    _waiting.Remove(found);
                    return found;
                }
            }

            Assert.True(await _came.WaitAsync(Patience), $"Nothing came at {path}; what came: {string.Join(", ", All.Select(one => one.Path))}.");
        }
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(one => one.Key, one => one.Value.ToString()) : [];
        var text = request.GetEncodedUrl() + string.Concat(form.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key + one.Value));
#pragma warning disable CA5350
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(_token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        var hook = new Hook(request.Path, request.QueryString.Value ?? "", form, new HeaderDictionary(request.Headers.ToDictionary()), signature == request.Headers["X-Twilio-Signature"], All.Count);
        All.Enqueue(hook);
        lock (_waiting) { _waiting.Add(hook); }
        _came.Release();
        var (status, body) = await Answers(hook);
        return Results.Content(body, Type, Encoding.UTF8, status);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _came.Dispose();
    }
}

/// <summary>A webhook that came.</summary>
/// <param name="Count">How many came before it.</param>
internal sealed record Hook(string Path, string Query, IReadOnlyDictionary<string, string> Form, IHeaderDictionary Headers, bool IsSigned, int Count)
{
    public string? this[string field] => Form.GetValueOrDefault(field);
}
